"""What somebody has set for themselves: how they read, what they are told of, when they are left alone."""

from dataclasses import dataclass

from duly.desk.access.actor import Actor
from duly.desk.errors import NotFound
from duly.desk.mailroom.matter import Matter, always_told, matters_of
from duly.desk.mailroom.preference import Channel, Quiet, QuietHours, declined_by
from duly.desk.people.person import Person


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether a matter is wanted; what is `is_fixed` is told always."""

    matter: Matter
    is_wanted: bool
    is_fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """All that the page of one's own settings shows; `mail` are the matters that are told by mail."""

    language: str
    zone: str
    mail: tuple[Wish, ...]
    quiet: Quiet | None


def wishes(actor: Actor) -> Wishes:
    """Read the actor's own. Three statements.

    Raises:
        NotFound: nobody is signed in.
    """
    if actor.person_id is None:
        raise NotFound
    person = Person.objects.get(pk=actor.person_id)
    declined = {matter for _, matter in declined_by([person.pk], Channel.MAIL)}
    fixed = always_told(is_agent=actor.is_agent)
    row = QuietHours.objects.filter(person=person).first()
    return Wishes(
        language=person.language,
        zone=person.zone,
        mail=tuple(
            Wish(matter, matter not in declined, matter is fixed)
            for matter in matters_of(is_agent=actor.is_agent)
        ),
        quiet=Quiet(row.begin, row.end, row.weekends) if row else None,
    )
