"""An organisation as agents see it: its agreement and record, who to talk to, and its latest tickets."""

from dataclasses import dataclass
from datetime import datetime

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_manage_agreements
from duly.desk.access.people import may_manage_people, may_remark
from duly.desk.access.tickets import visible_to
from duly.desk.queries.agreement import Agreement, agreement_of, visible_organisation
from duly.desk.queries.contacts import Contact, contacts_of, roles_for_contacts
from duly.desk.queries.own_hours import OwnHours, own_hours
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
    hours: tuple[OwnHours, ...]
    contacts: tuple[Contact, ...]
    lines: tuple[Line, ...]
    more: bool


def organisation_page(actor: Actor, organisation_id: int, at: datetime) -> OrganisationPage:
    """Read the screen.

    Raises:
        NotFound: there is no such organisation, or the actor does not see it.
    """
    row = visible_organisation(actor, organisation_id)
    tickets = visible_to(actor).filter(organisation=organisation_id)
    rows = list(with_people(tickets).order_by("-opened_at", "-pk")[: SIZE + 1])
    subscribed = holding(actor, at).filter(subscription__organisation=organisation_id)
    may = frozenset(name for name, allows in MAY.items() if allows(actor))
    return OrganisationPage(
        agreement=agreement_of(actor, row, at),
        domains=tuple(row.domains),
        is_active=row.is_active,
        remarks=remarks(actor, organisation_id=organisation_id),
        subscriptions=tuple(map(subscribed_of, subscribed)),
        roles=roles_for_contacts() if "people" in may else (),
        may=may,
        hours=own_hours(row.calendar),
        contacts=contacts_of(organisation_id),
        lines=lines_of(rows[:SIZE], at),
        more=len(rows) > SIZE,
    )
