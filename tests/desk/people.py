"""A small desk for tests: a lead, agents, two organisations with contacts."""

from dataclasses import dataclass
from datetime import UTC, datetime

from duly.desk.access.actor import Actor, Via, actor_for
from duly.desk.actions.people.invite import invite_agent, invite_contact
from duly.desk.actions.people.organise import add_organisation, add_team, place_in_team
from duly.desk.actions.setup.found import found
from duly.desk.people.organisation import Organisation
from duly.desk.people.person import Person
from duly.desk.people.standard_roles import AGENT, CONTACT, LEAD, LIGHT_AGENT, LONE_CONTACT
from duly.desk.people.team import Team

MONDAY = datetime(2026, 10, 19, 8, 0, tzinfo=UTC)
"""Monday, 10:00 in Berlin, in summer time."""


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Everybody who takes part."""

    owner: Person
    lead: Person
    agent: Person
    second_agent: Person
    light_agent: Person
    team: Team
    acme: Organisation
    contact: Person
    colleague: Person
    lone_contact: Person
    other: Organisation
    stranger: Person

    def actor(self, name: str, via: Via = "web") -> Actor:
        """Read what one of them may do now."""
        person = getattr(self, name)
        assert isinstance(person, Person)
        return actor_for(person, via=via)


def cast() -> Cast:
    """Bring them in through the actions, as a new owner would."""
    owner = found(email="olga@desk.example", name="Olga", password=None, at=MONDAY)
    boss = actor_for(owner, via="web")
    team = add_team(actor=boss, name="Support", at=MONDAY)
    acme = add_organisation(actor=boss, name="Acme", zone="Europe/Berlin", at=MONDAY)
    other = add_organisation(actor=boss, name="Other", zone="America/New_York", at=MONDAY)

    def agent(name: str, role: str) -> Person:
        email = f"{name.lower()}@desk.example"
        return invite_agent(
            actor=boss, email=email, name=name, role=role, team_ids=(team.pk,), at=MONDAY
        )

    def contact(name: str, organisation: Organisation, role: str) -> Person:
        return invite_contact(
            actor=boss,
            organisation_id=organisation.pk,
            email=f"{name.lower()}@{organisation.name.lower()}.example",
            name=name,
            role=role,
            at=MONDAY,
        )

    people = Cast(
        owner=owner,
        lead=agent("Lena", LEAD),
        agent=agent("Anton", AGENT),
        second_agent=agent("Berta", AGENT),
        light_agent=agent("Lukas", LIGHT_AGENT),
        team=team,
        acme=acme,
        contact=contact("Clara", acme, CONTACT),
        colleague=contact("Carl", acme, CONTACT),
        lone_contact=contact("Solo", acme, LONE_CONTACT),
        other=other,
        stranger=contact("Stella", other, CONTACT),
    )
    place_in_team(actor=boss, team_id=team.pk, person_id=people.lead.pk, is_lead=True, at=MONDAY)
    return people
