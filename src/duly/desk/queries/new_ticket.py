"""What a ticket may be opened under, and what would be promised if that were done now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef

from duly.core import instant
from duly.core.clock.fold import fold
from duly.core.clock.values import Kind
from duly.core.events import Facts, Opened
from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_organisation
from duly.desk.agreements.intake import Question, intake_of
from duly.desk.agreements.running import in_force
from duly.desk.agreements.subscription import Binding
from duly.desk.agreements.terms import terms_of
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.people.role import Right
from duly.desk.queries.agreement import target_of
from duly.desk.queries.allowances import Covered, before_opening
from duly.desk.queries.level import Level, levels_of
from duly.desk.queries.promise import Promise, promises_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """An agreement that a ticket may be opened under; without a subscription nothing is promised.

    `levels` are those to choose from; where the plan leaves the priority to the provider there are none, and `judged`
    are those that the provider chooses from. `questions` is what the plan asks for besides.
    """

    organisation_id: int
    organisation: str
    subscription_id: int | None = None
    binding_id: int | None = None
    plan: str = ""
    priority_label: str = ""
    levels: tuple[Level, ...] = ()
    judged: tuple[Level, ...] = ()
    must_choose: bool = False
    """Whether one of them has to be chosen: the plan asks for it, or has no default for what comes by the web."""
    questions: tuple[Question, ...] = ()
    lacks_technical_contact: bool = False
    """Whether the plan asks for one before anything is reported on the form, and the organisation has named none."""
    may_name_one: bool = False


def covers(actor: Actor, at: datetime) -> tuple[Cover, ...]:
    """All agreements open to the actor now. Two statements, once their terms are loaded."""
    allowed = [o for o, rights in actor.organisations.items() if Right.OPEN_TICKETS in rights]
    return _covers(actor, allowed, at)


def covers_of(
    actor: Actor, organisations: Sequence[int], channel: str, at: datetime
) -> tuple[Cover, ...]:
    """Those under which an agent opens a ticket: every level is theirs to choose, and no question has to be answered.

    A level has to be chosen where the plan has none for what comes by this channel. Two statements.
    """
    return tuple(
        replace(
            cover,
            levels=cover.levels or cover.judged,
            judged=(),
            lacks_technical_contact=False,
            must_choose=bool(cover.levels or cover.judged)
            and not intake_of(cover.binding_id).default_for(channel),
        )
        for cover in _covers(actor, organisations, at)
    )


def _covers(actor: Actor, allowed: Sequence[int], at: datetime) -> tuple[Cover, ...]:
    contacts = Membership.objects.filter(
        organisation=OuterRef("pk"), is_technical_contact=True, person__is_active=True
    )
    organisations = (
        Organisation.objects.filter(pk__in=allowed, is_active=True)
        .annotate(has_contact=Exists(contacts))
        .order_by("name")
    )
    bindings = in_force(allowed, at)
    found: list[Cover] = []
    for organisation in organisations:
        own = [row for row in bindings if row.subscription.organisation_id == organisation.pk]
        of = Cover(
            organisation_id=organisation.pk,
            organisation=organisation.name,
            may_name_one=may_manage_organisation(actor, organisation.pk),
        )
        found += [_cover(of, row, has_contact=organisation.has_contact) for row in own] or [of]
    return tuple(found)


def promised_now(
    binding_id: int, priority: str, at: datetime, *, channel: str = "web"
) -> tuple[Promise, ...]:
    """The promises that a ticket would carry if it were opened at this instant."""
    binding, now = str(binding_id), instant.from_datetime(at)
    opened = Opened(at=now, binding=binding, priority=priority, facts=Facts(channel=channel))
    return promises_of(fold([opened], terms_of([binding]), now).clocks, now)


def promised_later(
    binding_id: int, priority: str, now: Iterable[Promise]
) -> tuple[tuple[Kind, str], ...]:
    """What is promised besides `now`, once there was a first answer, a resolution: its kinds with their targets."""
    terms, begun = terms_of([str(binding_id)])[str(binding_id)], {one.kind for one in now}
    said = ((kind, target_of(terms, kind, priority)) for kind in Kind if kind not in begun)
    return tuple((kind, words) for kind, words in said if words)


def left_now(cover: Cover, at: datetime) -> tuple[Covered, ...]:
    """What the agreement covers and how much of that was used before a ticket is opened at this instant."""
    if cover.binding_id is None:
        return ()
    return before_opening(
        cover.subscription_id, terms_of([str(cover.binding_id)])[str(cover.binding_id)], at
    )


def _cover(of: Cover, row: Binding, *, has_contact: bool) -> Cover:
    intake = intake_of(row.pk)
    scale = levels_of(terms_of([str(row.pk)])[str(row.pk)])
    is_judged = intake.first == "provider"
    levels = () if is_judged else scale
    return replace(
        of,
        subscription_id=row.subscription_id,
        binding_id=row.pk,
        plan=row.plan_name,
        priority_label=getattr(row, "priority_label", None) or "",
        levels=levels,
        judged=scale if is_judged else (),
        must_choose=bool(levels)
        and ("priority" in intake.requires or not intake.default_for("web")),
        questions=intake.questions,
        lacks_technical_contact="technical_contact" in intake.requires and not has_contact,
    )
