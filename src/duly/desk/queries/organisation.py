"""An organisation as agents see it: its agreement and record, who to talk to, and its latest tickets."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_manage_agreements
from duly.desk.access.people import may_manage_people, may_remark
from duly.desk.access.tickets import visible_to
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.queries.agreement import Agreement, agreement
from duly.desk.queries.customer_organisation import roles_for_contacts
from duly.desk.queries.queue import Line, lines_of, with_people
from duly.desk.queries.remarks import RemarkLine, remarks
from duly.desk.queries.subscriptions import Subscribed, holding, subscribed_of

SIZE = 25
MAY = {
    "people": may_manage_people,
    "agreements": may_manage_agreements,
    "remark": may_remark,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody who speaks for the organisation; `position` is their place on the support list."""

    id: int
    name: str
    email: str
    role: str
    position: int | None
    is_technical: bool
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    """The screen; `more` says that there are older tickets, `may` holds what this agent may keep up.

    `subscriptions` are those that run or will begin.
    """

    agreement: Agreement
    domains: tuple[str, ...]
    is_active: bool
    remarks: tuple[RemarkLine, ...]
    subscriptions: tuple[Subscribed, ...]
    roles: tuple[tuple[str, str], ...]
    may: frozenset[str]
    contacts: tuple[Contact, ...]
    lines: tuple[Line, ...]
    more: bool


def organisation_page(actor: Actor, organisation_id: int, at: datetime) -> OrganisationPage:
    """Read the screen.

    Raises:
        NotFound: there is no such organisation, or the actor does not see it.
    """
    found = agreement(actor, organisation_id, at)
    tickets = visible_to(actor).filter(organisation=organisation_id)
    rows = list(with_people(tickets).order_by("-opened_at", "-pk")[: SIZE + 1])
    row = Organisation.objects.get(pk=organisation_id)
    subscribed = holding(actor, at).filter(subscription__organisation=organisation_id)
    may = frozenset(name for name, allows in MAY.items() if allows(actor))
    return OrganisationPage(
        agreement=found,
        domains=tuple(row.domains),
        is_active=row.is_active,
        remarks=remarks(actor, organisation_id=organisation_id),
        subscriptions=tuple(map(subscribed_of, subscribed)),
        roles=roles_for_contacts() if "people" in may else (),
        may=may,
        contacts=_contacts(organisation_id),
        lines=lines_of(rows[:SIZE], at),
        more=len(rows) > SIZE,
    )


def _contacts(organisation_id: int) -> tuple[Contact, ...]:
    rows = Membership.objects.filter(organisation=organisation_id).select_related("person", "role")
    listed = F("support_position").asc(nulls_last=True)
    return tuple(
        Contact(
            id=row.person_id,
            name=str(row.person),
            email=row.person.email,
            role=row.role.name,
            position=row.support_position,
            is_technical=row.is_technical_contact,
            is_active=row.person.is_active,
        )
        for row in rows.order_by(listed, "person__name", "pk")
    )
