"""An organisation as its own manager sees it: its people, its hours, what its plans let it choose."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from duly.desk.access.actor import Actor
from duly.desk.agreements.contacts import most_contacts
from duly.desk.agreements.intake import intake_of
from duly.desk.agreements.running import in_force
from duly.desk.agreements.say import say
from duly.desk.agreements.subscription import Binding
from duly.desk.errors import NotFound
from duly.desk.people.organisation import Organisation
from duly.desk.people.role import Right
from duly.desk.queries.contacts import Contact, contacts_of, roles_for_contacts
from duly.desk.queries.own_hours import OwnHours, edition_now, own_hours
from duly.desk.queries.published import document_of
from duly.policy.document.policy import Policy
from duly.policy.page.hours import name_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """A choice that a policy leaves to the customer, as it stands and as it is planned."""

    subscription_id: int
    plan: str
    key: str
    label: str
    of: tuple[tuple[str, str, str], ...]
    """What is on offer: twice its name, and what that means where it is a calendar."""
    picked: str
    planned: tuple[tuple[datetime, str], ...]

    @property
    def meaning(self) -> str:
        """What that which is picked means, where it is a calendar."""
        return next((words for name, _name, words in self.of if name == self.picked), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerOrganisation:
    """The screen. `most` is how many may stand on the support list; None sets no maximum."""

    id: int
    name: str
    zone: str
    people: tuple[Contact, ...]
    listed: tuple[Contact, ...]
    most: int | None
    needs_technical_contact: bool
    roles: tuple[tuple[str, str], ...]
    hours: tuple[OwnHours, ...]
    hours_now: OwnHours | None
    choices: tuple[Picked, ...]


def managed(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The organisations that the actor manages for the customer, by name."""
    held = [pk for pk, rights in actor.organisations.items() if Right.MANAGE_ORGANISATION in rights]
    if not held:
        return ()
    return tuple(
        Organisation.objects.filter(pk__in=held).order_by("name").values_list("pk", "name")
    )


def customer_organisation(actor: Actor, organisation_id: int, at: datetime) -> CustomerOrganisation:
    """Read the screen.

    Raises:
        NotFound: there is no such organisation, or the actor does not manage it for the customer.
    """
    rights = actor.organisations.get(organisation_id, frozenset())
    row = Organisation.objects.filter(pk=organisation_id).first()
    if row is None or Right.MANAGE_ORGANISATION not in rights:
        raise NotFound
    people = contacts_of(organisation_id)
    bindings = in_force([row.pk], at)
    hours = own_hours(row.calendar)
    return CustomerOrganisation(
        id=row.pk,
        name=row.name,
        zone=row.zone,
        people=people,
        listed=tuple(each for each in people if each.position is not None),
        most=most_contacts(row, at),
        needs_technical_contact=any(
            "technical_contact" in intake_of(each.pk).requires for each in bindings
        ),
        roles=roles_for_contacts(),
        hours=hours,
        hours_now=edition_now(hours, row.zone, at),
        choices=tuple(_choices(bindings, at)),
    )


def _choices(bindings: Iterable[Binding], at: datetime) -> Iterator[Picked]:
    for row in bindings:
        policy = document_of(row.version_id).policy
        later = Binding.objects.filter(subscription=row.subscription_id, from_at__gt=at)
        ahead = list(later.defer("terms").order_by("from_at", "pk")) if policy.choices else []
        for key, offer in policy.choices.items():
            picked = row.made_from.get("choices", {}).get(key, "")
            yield Picked(
                subscription_id=row.subscription_id,
                plan=row.plan_name,
                key=key,
                label=offer.label or key,
                of=tuple((each, each, _words(each, policy)) for each in offer.of),
                picked=picked,
                planned=tuple(_planned(ahead, key, picked)),
            )


def _words(name: str, policy: Policy) -> str:
    """A choice is of calendars or of zones; a zone says itself."""
    return name_in_words(name, policy, say) if name in policy.calendars else ""


def _planned(ahead: Iterable[Binding], key: str, picked: str) -> Iterator[tuple[datetime, str]]:
    """What will be picked from when; of several for one instant the last one made holds."""
    at_once = {row.from_at: row.made_from.get("choices", {}).get(key, "") for row in ahead}
    for from_at, later in at_once.items():
        if later != picked:
            yield from_at, later
        picked = later
