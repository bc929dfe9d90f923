"""How each verb takes hold of an organisation."""

from django.db import connection

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_organisation, may_manage_people
from duly.desk.access.require import require
from duly.desk.people.organisation import Organisation


def take(organisation_id: int, actor: Actor, *, by_the_desk: bool = False) -> Organisation:
    """Lock an organisation that the actor may change: the desk, or its own manager where that is left to them.

    Raises:
        NotFound: the actor may not, or there is none.
    """
    assert connection.in_atomic_block, "a lock lasts as long as a transaction"
    row = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    may = (
        may_manage_people(actor) if by_the_desk else may_manage_organisation(actor, organisation_id)
    )
    require(row is not None and may)
    assert row is not None
    return row
