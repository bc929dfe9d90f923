"""Say how one wants to be told: language, zone, what by mail, and when not."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.people._person import known_zone
from duly.desk.errors import Invalid, NotFound
from duly.desk.mailroom.matter import Matter, always_told, matters_of
from duly.desk.mailroom.preference import Channel, Preference, Quiet, QuietHours
from duly.desk.people.person import Person


@transaction.atomic
def prefer(
    *,
    actor: Actor,
    language: str,
    zone: str,
    wanted: Collection[Matter],
    quiet: Quiet | None,
    at: datetime,
) -> None:
    """Keep what the actor wants for themselves. What nobody can decline stays wanted, whatever was asked.

    Raises:
        NotFound: nobody is signed in.
        Invalid: the language or the zone is unknown, or the quiet hours would never end.
    """
    if actor.person_id is None:
        raise NotFound
    if language not in dict(settings.LANGUAGES):
        raise Invalid(
            _("There is no language “%(language)s” here.") % {"language": language},
            field="language",
        )
    if quiet is not None and quiet.begin == quiet.end:
        raise Invalid(_("Quiet hours must end at another time than they begin."), field="quiet_end")
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    person.language, person.zone = language, known_zone(zone)
    person.save(update_fields=["language", "zone"])
    _keep_wishes(actor, person, wanted)
    _keep_quiet(person, quiet)
    audit("preferences_changed", actor=actor, at=at, subject=person)


def _keep_wishes(actor: Actor, person: Person, wanted: Collection[Matter]) -> None:
    must = always_told(is_agent=actor.is_agent)
    Preference.objects.bulk_create(
        (
            Preference(
                person=person,
                channel=Channel.MAIL.value,
                matter=matter.value,
                is_wanted=matter in wanted or matter is must,
            )
            for matter in matters_of(is_agent=actor.is_agent)
        ),
        update_conflicts=True,
        unique_fields=["person", "channel", "matter"],
        update_fields=["is_wanted"],
    )


def _keep_quiet(person: Person, quiet: Quiet | None) -> None:
    if quiet is None:
        QuietHours.objects.filter(person=person).delete()
        return
    QuietHours.objects.update_or_create(
        person=person,
        defaults={"begin": quiet.begin, "end": quiet.end, "weekends": quiet.weekends},
    )
