"""How a person's row is made, for every action that brings somebody in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _

from duly.desk.actions._taken import unless_taken
from duly.desk.errors import Invalid
from duly.desk.people.naming import sound_name
from duly.desk.people.person import Person, address

LONGEST_ADDRESS = 254


def new_person(*, email: str, name: str, zone: str, language: str, at: datetime) -> Person:
    """Make a person who cannot sign in before setting a password.

    Raises:
        Invalid: the address is none or is taken, or the zone is unknown.
    """
    person = Person(
        email=sound_address(email),
        name=sound_name(name, Person) if name.strip() else "",
        zone=known_zone(zone),
        language=language,
        created_at=at,
    )
    person.set_unusable_password()
    with unless_taken(known_as(person.email), field="email"):
        person.save()
    return person


def sound_address(typed: str) -> str:
    """Give an e-mail address as it is stored.

    Raises:
        Invalid: it is none, or longer than mail servers take.
    """
    email = address(typed)
    try:
        validate_email(email)
        MaxLengthValidator(LONGEST_ADDRESS)(email)
    except ValidationError as error:
        raise Invalid(
            _("%(email)s is no e-mail address.") % {"email": email}, field="email"
        ) from error
    return email


def known_as(email: str) -> str:
    """Say that an address is somebody's."""
    return _("Somebody is known here as %(email)s already.") % {"email": email}


def known_zone(zone: str) -> str:
    """Give the name of a time zone.

    Raises:
        Invalid: there is none of that name.
    """
    try:
        ZoneInfo(zone)
    except (KeyError, OSError, ValueError) as error:
        raise Invalid(
            _("There is no time zone %(zone)s; write e.g. Europe/Berlin.") % {"zone": zone},
            field="zone",
        ) from error
    return zone
