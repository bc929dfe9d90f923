"""Give somebody another address: mail from it is theirs, and a link that is sent to it proves it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_people, may_manage_roles
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions._taken import unless_taken
from duly.desk.actions.people._person import known_as, sound_address
from duly.desk.people.person import Person
from duly.desk.people.role import Grant


@transaction.atomic
def change_address(*, actor: Actor, person_id: int, email: str, at: datetime) -> Person:
    """Change it. Their password works no longer, and their sessions end: whoever has the new address chooses one.

    Raises:
        NotFound, NotAllowed: the actor may not, or there is no such person.
        Invalid: it is no address, or somebody else's.
    """
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    require(may_manage_people(actor) and person is not None)
    assert person is not None
    if Grant.objects.filter(person=person).exists():
        require(may_manage_roles(actor), sees=True, to=_("change who works here"))
    person.email = sound_address(email)
    person.set_unusable_password()
    person.unreached_at, person.unreached_because = None, ""
    with unless_taken(known_as(person.email), field="email"):
        person.save(update_fields=["email", "password", "unreached_at", "unreached_because"])
    audit("address_changed", actor=actor, at=at, subject=person)
    return person
