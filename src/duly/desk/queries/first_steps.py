"""What a desk needs before it can keep a promise, in the order in which it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Exists, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_manage_agreements, may_publish
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.people import may_manage_people
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.subscription import Subscription
from duly.desk.mailroom.outgoing import OutgoingServer
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.people.person import Person


class Step(StrEnum):
    """A step on the way from an empty desk to a first promise."""

    POLICY = "policy"
    CUSTOMER = "customer"
    SUBSCRIPTION = "subscription"
    CONTACT = "contact"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class FirstStep:
    """A step, and whether it was taken."""

    step: Step
    is_done: bool


_MAY: Mapping[Step, Callable[[Actor], bool]] = {
    Step.POLICY: may_publish,
    Step.CUSTOMER: may_manage_people,
    Step.SUBSCRIPTION: may_manage_agreements,
    Step.CONTACT: may_manage_people,
    Step.MAIL: may_manage_mailboxes,
}
_DONE: Mapping[Step, QuerySet[Any]] = {
    Step.POLICY: PolicyVersion.objects.all(),
    Step.CUSTOMER: Organisation.objects.all(),
    Step.SUBSCRIPTION: Subscription.objects.all(),
    Step.CONTACT: Membership.objects.all(),
    Step.MAIL: OutgoingServer.objects.exclude(provider="", host=""),
}


def first_steps(actor: Actor) -> tuple[FirstStep, ...]:
    """The steps that somebody may take; none once all of them are taken. One statement, or none for who may not."""
    steps = [step for step in Step if _MAY[step](actor)]
    if not steps:
        return ()
    taken = {step.value: Exists(_DONE[step]) for step in steps}
    found = Person.objects.filter(pk=actor.speaker_id).annotate(**taken).values(*taken).get()
    done = [FirstStep(step, found[step.value] or _installed(step)) for step in steps]
    return () if all(one.is_done for one in done) else tuple(done)


def _installed(step: Step) -> bool:
    """Whether whoever installed the desk did it: mail that goes to a folder goes nowhere."""
    return step is Step.MAIL and not settings.DULY_MAIL_URL.startswith("sink:")
