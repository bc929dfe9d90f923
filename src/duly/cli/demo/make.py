"""Make the demonstration by calling the actions, as people would have done, at instants in the past."""

from datetime import datetime, timedelta

from django.db import transaction

from duly.cli.demo.people import AGENTS, CUSTOMERS, OWNER, PASSWORD, SIGN_INS, TEAMS, Customer
from duly.cli.demo.tell import Desk, tell
from duly.desk.actions.agreements.publish import publish
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.actions.people.choose_password import choose_password
from duly.desk.actions.people.invite import invite_agent, invite_contact
from duly.desk.actions.people.organise import add_organisation, add_team, place_in_team
from duly.desk.actions.people.set_hours import set_hours
from duly.desk.actions.setup.found import found
from duly.desk.agreements.policy import PolicyVersion

FOUNDED = timedelta(days=400)
"""How long before now the desk of the demonstration was founded."""


@transaction.atomic
def make_demo(*, at: datetime, policy: str) -> None:
    """Fill an empty desk; the same `at` makes the same desk. `policy` is the text of the policy that it publishes.

    Raises:
        NotPossible: the desk has people already.
    """
    desk = Desk()
    began = at - FOUNDED
    _bring_in_agents(desk, began)
    owner = desk.actor(OWNER.key)
    version = publish(actor=owner, source=policy, at=began)
    for customer in CUSTOMERS:
        _bring_in(desk, customer, version, began)
    _let_in(desk, began)
    tell(desk, at)


def _bring_in_agents(desk: Desk, at: datetime) -> None:
    desk.people[OWNER.key] = found(
        email=OWNER.email, name=OWNER.name, password=None, zone=OWNER.zone, at=at
    )
    owner = desk.actor(OWNER.key)
    for agent in AGENTS:
        person = invite_agent(
            actor=owner,
            email=agent.email,
            name=agent.name,
            role=agent.role,
            zone=agent.zone,
            at=at,
        )
        hours = {"zone": agent.zone, "week": {"mon-fri": "09:00-17:00"}, "holidays": []}
        set_hours(actor=owner, person_id=person.pk, hours=hours, at=at)
        desk.people[agent.key] = person
    lead = AGENTS[0].key
    for key, (name, *members) in TEAMS.items():
        desk.teams[key] = add_team(actor=owner, name=name, at=at).pk
        for member in (lead, *members):
            place_in_team(
                actor=owner,
                team_id=desk.teams[key],
                person_id=desk.people[member].pk,
                is_lead=member == lead,
                at=at,
            )


def _bring_in(desk: Desk, customer: Customer, version: PolicyVersion, at: datetime) -> None:
    owner = desk.actor(OWNER.key)
    organisation = add_organisation(
        actor=owner,
        name=customer.name,
        zone=customer.zone,
        domains=(f"{customer.key}.example",),
        at=at,
    )
    subscribe(
        actor=owner,
        organisation_id=organisation.pk,
        version_id=version.pk,
        held={"plan": customer.plan},
        from_on=at.date(),
        at=at,
    )
    for contact in customer.contacts:
        person = invite_contact(
            actor=owner,
            organisation_id=organisation.pk,
            email=customer.email(contact),
            name=contact.name,
            role=contact.role,
            language=contact.language,
            at=at,
        )
        desk.people[contact.key] = person


def _let_in(desk: Desk, at: datetime) -> None:
    """Give those who are named for signing in a password."""
    emails = {sign_in.email for sign_in in SIGN_INS}
    for person in desk.people.values():
        if person.email in emails:
            choose_password(
                actor=desk.actor(OWNER.key), person_id=person.pk, password=PASSWORD, at=at
            )
