"""Take the mark from an address to which mail did not arrive, when somebody knows that it does again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_unmark_address, people_visible_to
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.people.person import Person


@transaction.atomic
def unmark_address(*, actor: Actor, person_id: int, at: datetime) -> Person:
    """Take it away; the next letter that comes back marks the address again. What came back stays on its tickets.

    Raises:
        NotFound, NotAllowed: the actor may not, or there is no such person.
    """
    seen = people_visible_to(actor).filter(pk=person_id)
    person = seen.select_for_update().first() if actor.is_agent else None
    require(person is not None)
    assert person is not None
    require(may_unmark_address(actor), sees=True, to=_("say that mail arrives there again"))
    if person.unreached_at is not None:
        person.unreached_at, person.unreached_because = None, ""
        person.save(update_fields=["unreached_at", "unreached_because"])
        audit("address_unmarked", actor=actor, at=at, subject=person)
    return person
