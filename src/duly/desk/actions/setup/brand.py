"""Say how the desk is called and looks to customers, and what it assumes of people it does not know yet."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.setup import may_set_up
from duly.desk.actions._audit import audit
from duly.desk.actions.people._person import known_zone
from duly.desk.actions.setup._the_one import the_one
from duly.desk.errors import Invalid
from duly.desk.people.naming import one_line
from duly.desk.setup.colour import ENOUGH, PAPER, WHITE, colour, contrast
from duly.desk.setup.desk import Desk, kind_of

LARGEST_LOGO = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Branding:
    """What its owner chose; empty is what Duly has of its own. `logo`: None keeps the one that is there."""

    name: str = ""
    accent: str = ""
    support_address: str = ""
    footer: str = ""
    language: str = "en"
    zone: str = "UTC"
    logo: bytes | None = None


@transaction.atomic
def brand(*, actor: Actor, branding: Branding, at: datetime) -> Desk:
    """Keep it; pages and letters follow within seconds.

    Raises:
        NotFound: the actor may not.
        Invalid: the colour cannot be read well enough, the logo is no such picture or too large, or the address,
            language or zone is none.
    """
    require(may_set_up(actor))
    row = the_one(Desk)
    row.name, row.footer = one_line(branding.name)[:60], one_line(branding.footer)[:500]
    row.accent = _readable(branding.accent.strip().lower())
    row.support_address = _address(branding.support_address.strip())
    if branding.language not in dict(settings.LANGUAGES):
        raise Invalid(_("The desk does not speak this language."), field="language")
    row.language, row.zone = branding.language, known_zone(branding.zone)
    if branding.logo is not None:
        row.logo = _picture(branding.logo)
    row.save()
    audit("branded", actor=actor, at=at, subject=row, name=row.name, accent=row.accent)
    return row


def _picture(logo: bytes) -> bytes:
    if logo and not kind_of(logo):
        raise Invalid(_("A logo is a PNG or JPEG picture."), field="logo")
    if len(logo) > LARGEST_LOGO:
        raise Invalid(_("This picture is larger than 200 kB."), field="logo")
    return logo


def _readable(accent: str) -> str:
    if not accent:
        return ""
    try:
        chosen = colour(accent)
    except ValueError as error:
        raise Invalid(_("Write the colour as #3b5bdb."), field="accent") from error
    weakest = min(contrast(chosen, WHITE), contrast(chosen, PAPER))
    if weakest < ENOUGH:
        said = _(
            "This colour is too light: text in it on paper has a contrast of %(found)s to 1, and 4.5 to 1 is "
            "needed to be read by everybody. Choose a darker one."
        )
        raise Invalid(said % {"found": f"{weakest:.1f}"}, field="accent")
    return accent


def _address(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise Invalid(
                _("%(email)s is no e-mail address.") % {"email": text}, field="support_address"
            ) from error
    return text
