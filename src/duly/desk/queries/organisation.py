"""An organisation as agents see it: its agreement and record, who to talk to, and its latest tickets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from duly.desk.access.actor import Actor
from duly.desk.access.people import organisations_visible_to
from duly.desk.access.tickets import visible_to
from duly.desk.people.organisation import Membership
from duly.desk.queries.agreement import Agreement, agreement
from duly.desk.queries.queue import Line, lines_of, with_people

SIZE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody who speaks for the organisation; `position` is their place on the support list."""

    name: str
    email: str
    position: int | None
    is_technical: bool
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    """The screen; `more` says that there are older tickets."""

    agreement: Agreement
    contacts: tuple[Contact, ...]
    lines: tuple[Line, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Name:
    """An organisation on the list."""

    id: int
    name: str


def organisations(actor: Actor) -> Sequence[Name]:
    """All that the actor sees, by name."""
    rows = organisations_visible_to(actor).filter(is_active=True).order_by("name")
    return [Name(pk, name) for pk, name in rows.values_list("pk", "name")]


def organisation_page(actor: Actor, organisation_id: int, at: datetime) -> OrganisationPage:
    """Read the screen.

    Raises:
        NotFound: there is no such organisation, or the actor does not see it.
    """
    found = agreement(actor, organisation_id, at)
    tickets = visible_to(actor).filter(organisation=organisation_id)
    rows = list(with_people(tickets).order_by("-opened_at", "-pk")[: SIZE + 1])
    return OrganisationPage(
        agreement=found,
        contacts=_contacts(organisation_id),
        lines=lines_of(rows[:SIZE], at),
        more=len(rows) > SIZE,
    )


def _contacts(organisation_id: int) -> tuple[Contact, ...]:
    rows = Membership.objects.filter(organisation=organisation_id).select_related("person")
    listed = F("support_position").asc(nulls_last=True)
    return tuple(
        Contact(
            name=str(row.person),
            email=row.person.email,
            position=row.support_position,
            is_technical=row.is_technical_contact,
            is_active=row.person.is_active,
        )
        for row in rows.order_by(listed, "person__name", "pk")
    )
