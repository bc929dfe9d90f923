"""Who is there before the first ticket of a full desk: agents, teams, customers and what was agreed with them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from duly.desk.access.actor import Actor, actor_for
from duly.desk.actions.agreements.publish import publish
from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.actions.people.invite import invite_agent, invite_contact
from duly.desk.actions.people.organise import add_organisation, add_team
from duly.desk.actions.setup.found import found
from duly.desk.agreements.subscription import Binding
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.people.person import Person
from duly.desk.tickets.tag import Tag

POLICIES = Path(__file__).parents[1] / "policies"
PLANS = (
    ("photoprism", {"plan": "gold"}),
    ("neptune", {"plan": "basic"}),
    ("segment", {"plan": "premium", "choices": {"support-window": "gmt"}}),
    ("ujet", {"plan": "premium"}),
)
OFFICES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Europe/London")
TAG = "migrated"
SPAN = timedelta(days=730)
"""How long the desk has been there."""


@dataclass(frozen=True, slots=True)
class Customer:
    """An organisation with one contact, its subscription and binding, and the priorities that its plan knows."""

    organisation: int
    contact: Person
    subscription: int
    binding: int
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is there before the first ticket."""

    boss: Actor
    agents: tuple[Person, ...]
    teams: tuple[int, ...]
    tag: int
    customers: tuple[Customer, ...]


def furnish(now: datetime, customers: int) -> Desk:
    """Bring in people and agreements through the actions, as they were made two years ago."""
    at = now - SPAN - timedelta(days=1)
    owner = found(email="owner@desk.example", name="Olga", password=None, at=at)
    boss = actor_for(owner, via="web")
    teams = tuple(add_team(actor=boss, name=f"Team {n}", at=at).pk for n in range(4))
    agents = tuple(
        invite_agent(
            actor=boss,
            email=f"agent{n}@desk.example",
            name=f"Agent {n}",
            team_ids=(teams[n % len(teams)],),
            at=at,
        )
        for n in range(8)
    )
    versions = [
        publish(actor=boss, source=(POLICIES / f"{key}.yaml").read_text(), at=at).pk
        for key, _ in PLANS
    ]
    known = tuple(_customer(boss, n, versions[n % len(PLANS)], at) for n in range(customers))
    return Desk(boss, agents, teams, Tag.objects.create(name=TAG).pk, known)


def _customer(boss: Actor, number: int, version: int, at: datetime) -> Customer:
    zone = OFFICES[number % len(OFFICES)]
    place = add_organisation(actor=boss, name=f"Organisation {number}", zone=zone, at=at)
    week = {"zone": zone, "week": {"mon-fri": "09:00-17:00"}}
    set_calendar(actor=boss, organisation_id=place.pk, calendar=week, at=at)
    contact = invite_contact(
        actor=boss,
        organisation_id=place.pk,
        email=f"contact{number}@customer.example",
        name=f"Contact {number}",
        at=at,
    )
    subscription = subscribe(
        actor=boss,
        organisation_id=place.pk,
        version_id=version,
        held=PLANS[number % len(PLANS)][1],
        from_on=at.date() - timedelta(days=1),
        at=at,
    )
    binding = Binding.objects.filter(subscription=subscription).latest("pk").pk
    terms = terms_of_binding(binding)
    assert terms is not None
    levels = tuple(level.key for level in terms.priorities)
    return Customer(place.pk, contact, subscription.pk, binding, levels)
