"""Appoint an agent to a place that the plan of a subscription has, such as that of the account manager."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor, actor_for
from duly.desk.actions._audit import audit
from duly.desk.actions.agreements._change import take
from duly.desk.agreements.intake import intake_of
from duly.desk.agreements.named_person import NamedPerson
from duly.desk.agreements.subscription import Subscription
from duly.desk.errors import Invalid
from duly.desk.people.person import Person


@transaction.atomic
def appoint(
    *, actor: Actor, subscription_id: int, place: str, person_id: int | None, at: datetime
) -> Subscription:
    """Put an agent into a place of the plan, or with None leave it empty; whoever had it has it no longer.

    Raises:
        NotFound: the actor may not, or there is no such subscription.
        Invalid: the plan has no such place, or the person is no agent who works here.
    """
    row = take(subscription_id, actor)
    known = {
        each.key
        for pk in row.bindings.values_list("pk", flat=True)
        for each in intake_of(pk).places
    }
    if place not in known:
        named = ", ".join(sorted(known)) or _("the plan names nobody")
        raise Invalid(
            _("The plan has no place “%(place)s”; known: %(named)s.")
            % {"place": place, "named": named},
            field="place",
        )
    if person_id is None:
        NamedPerson.objects.filter(subscription=row, place=place).delete()
    else:
        person = Person.objects.filter(pk=person_id).first()
        if person is None or not actor_for(person, via=actor.via).is_agent:
            raise Invalid(_("Only an agent who works here can be named."), field="person")
        NamedPerson.objects.update_or_create(
            subscription=row, place=place, defaults={"person": person}
        )
    audit("person_named", actor=actor, at=at, subject=row, place=place, person=person_id)
    return row
