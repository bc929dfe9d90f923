"""Make organisations and teams, and place people in teams."""

from datetime import datetime
from typing import Any

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_people
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions._taken import unless_taken
from duly.desk.actions.people._person import known_zone
from duly.desk.actions.people.set_domains import sound_domains
from duly.desk.people.calendar import sound_customers_calendar
from duly.desk.people.naming import sound_name, taken
from duly.desk.people.organisation import Organisation
from duly.desk.people.team import Team, TeamMember


@transaction.atomic
def add_organisation(
    *,
    actor: Actor,
    name: str,
    at: datetime,
    zone: str = "UTC",
    domains: tuple[str, ...] = (),
    calendar: Any = None,
) -> Organisation:
    """Add a customer. `calendar` is its own calendar in the words of the policy language.

    Raises:
        NotFound: the actor may not.
        Invalid: the name is empty, too long or taken, the zone unknown, or a domain or the calendar cannot be used.
    """
    require(may_manage_people(actor))
    organisation = Organisation(
        name=sound_name(name, Organisation),
        zone=known_zone(zone),
        domains=sound_domains(domains),
        calendar=None if calendar is None else sound_customers_calendar(calendar),
        created_at=at,
    )
    with unless_taken(taken(organisation.name), field="name"):
        organisation.save()
    audit("organisation_added", actor=actor, at=at, subject=organisation)
    return organisation


@transaction.atomic
def add_team(*, actor: Actor, name: str, at: datetime, is_private: bool = False) -> Team:
    """Add a team.

    Raises:
        NotFound: the actor may not.
        Invalid: the name is empty, too long or taken.
    """
    require(may_manage_people(actor))
    team = Team(name=sound_name(name, Team), is_private=is_private)
    with unless_taken(taken(team.name), field="name"):
        team.save()
    audit("team_added", actor=actor, at=at, subject=team, is_private=is_private)
    return team


@transaction.atomic
def place_in_team(
    *, actor: Actor, team_id: int, person_id: int, at: datetime, is_lead: bool = False
) -> TeamMember:
    """Put an agent into a team, or change whether they lead it.

    Raises:
        NotFound: the actor may not, or there is no such team or person.
    """
    require(may_manage_people(actor) and Team.objects.filter(pk=team_id).exists())
    place, _ = TeamMember.objects.update_or_create(
        team_id=team_id, person_id=person_id, defaults={"is_lead": is_lead}
    )
    audit(
        "placed_in_team", actor=actor, at=at, subject=place.team, person=person_id, is_lead=is_lead
    )
    return place
