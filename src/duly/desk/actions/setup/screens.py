"""Put up a screen on a wall, and revoke its address."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.screens import may_manage_screens
from duly.desk.actions._audit import audit
from duly.desk.errors import Invalid
from duly.desk.people.naming import sound_name
from duly.desk.people.team import Team
from duly.desk.tickets.screen import Screen


@transaction.atomic
def put_up_screen(
    *, actor: Actor, name: str, team_id: int | None, names_customers: bool, at: datetime
) -> Screen:
    """Make an address that shows what is due next, of one team or of all that are not private.

    Raises:
        NotFound: the actor may not.
        Invalid: the name is empty or too long, or the team is private or none.
    """
    require(may_manage_screens(actor))
    name = sound_name(name, Screen)
    if team_id is not None and not Team.objects.filter(pk=team_id, is_private=False).exists():
        raise Invalid(_("Choose a team that is not private."), field="team")
    screen = Screen.objects.create(
        name=name,
        team_id=team_id,
        names_customers=names_customers,
        made_by_id=actor.speaker_id,
        made_at=at,
    )
    facts = {"team": team_id, "names_customers": names_customers}
    audit("screen_put_up", actor=actor, at=at, subject=screen, **facts)
    return screen


@transaction.atomic
def revoke_screen(*, actor: Actor, screen_id: int, at: datetime) -> None:
    """Let a screen's address show nothing any more, for good; twice is once.

    Raises:
        NotFound: the actor may not, or there is no such screen.
    """
    screen = Screen.objects.select_for_update().filter(pk=screen_id).first()
    require(may_manage_screens(actor) and screen is not None)
    assert screen is not None
    if screen.revoked_at is None:
        screen.revoked_at = at
        screen.save(update_fields=["revoked_at"])
        audit("screen_revoked", actor=actor, at=at, subject=screen)
