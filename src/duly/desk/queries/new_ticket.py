"""What a customer may report under, and what would be promised if they did so now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from duly.core import instant
from duly.core.clock.fold import fold
from duly.core.events import Facts, Opened
from duly.desk.access.actor import Actor
from duly.desk.agreements.intake import Question, intake_of
from duly.desk.agreements.subscription import Binding
from duly.desk.agreements.terms import terms_of
from duly.desk.people.organisation import Organisation
from duly.desk.people.role import Right
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
    subscription_id: int | None
    binding_id: int | None
    plan: str
    priority_label: str
    levels: tuple[Level, ...]
    judged: tuple[Level, ...]
    must_choose: bool
    """Whether one of them has to be chosen: the plan asks for it, or has no default for what comes by the web."""
    questions: tuple[Question, ...]


def covers(actor: Actor, at: datetime) -> tuple[Cover, ...]:
    """All agreements open to the actor now. Two statements, once their terms are loaded."""
    allowed = [o for o, rights in actor.organisations.items() if Right.OPEN_TICKETS in rights]
    organisations = Organisation.objects.filter(pk__in=allowed).order_by("name")
    bindings = _in_force(allowed, at)
    found: list[Cover] = []
    for organisation in organisations:
        own = [row for row in bindings if row.subscription.organisation_id == organisation.pk]
        found += [_cover(organisation, row) for row in own] or [_cover(organisation, None)]
    return tuple(found)


def promised_now(
    binding_id: int, priority: str, at: datetime, *, channel: str = "web"
) -> tuple[Promise, ...]:
    """The promises that a ticket would carry if it were opened at this instant."""
    binding, now = str(binding_id), instant.from_datetime(at)
    opened = Opened(at=now, binding=binding, priority=priority, facts=Facts(channel=channel))
    return promises_of(fold([opened], terms_of([binding]), now).clocks, now)


def left_now(cover: Cover, at: datetime) -> tuple[Covered, ...]:
    """What the agreement covers and how much of that was used before a ticket is opened at this instant."""
    if cover.binding_id is None:
        return ()
    return before_opening(
        cover.subscription_id, terms_of([str(cover.binding_id)])[str(cover.binding_id)], at
    )


def _in_force(organisations: Sequence[int], at: datetime) -> Sequence[Binding]:
    """The last binding whose time has come, of each subscription that runs."""
    day = at.date()
    running = Q(subscription__to_on=None) | Q(subscription__to_on__gte=day)
    label = KeyTextTransform("label", KeyTransform("priorities", "version__document"))
    return list(
        Binding.objects.filter(
            running,
            subscription__organisation__in=organisations,
            subscription__from_on__lte=day,
            from_at__lte=at,
        )
        .select_related("subscription")
        .defer("terms", "made_from")
        .annotate(priority_label=label)
        .order_by("subscription", "-from_at", "-pk")
        .distinct("subscription")
    )


def _cover(organisation: Organisation, row: Binding | None) -> Cover:
    intake = intake_of(row.pk if row else None)
    scale = levels_of(terms_of([str(row.pk)])[str(row.pk)]) if row else ()
    is_judged = intake.first == "provider"
    levels = () if is_judged else scale
    return Cover(
        organisation_id=organisation.pk,
        organisation=organisation.name,
        subscription_id=row.subscription_id if row else None,
        binding_id=row.pk if row else None,
        plan=row.plan_name if row else "",
        priority_label=getattr(row, "priority_label", None) or "",
        levels=levels,
        judged=scale if is_judged else (),
        must_choose=bool(levels)
        and ("priority" in intake.requires or not intake.default_for("web")),
        questions=intake.questions,
    )
