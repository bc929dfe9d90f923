"""The first steps of an empty desk in words, each with the page on which it is taken."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.queries.first_steps import Step, first_steps


@dataclass(frozen=True, slots=True)
class Shown:
    """A step as Setup shows it; the first that is not done `is_next`."""

    label: str
    text: str
    address: str
    is_done: bool
    is_next: bool


def shown_steps(actor: Actor) -> Iterator[Shown]:
    """The steps, in their order."""
    is_next = True
    for one in first_steps(actor):
        label, text, address = _words(one.step)
        yield Shown(label, text, address, one.is_done, is_next and not one.is_done)
        is_next = is_next and one.is_done


def _words(step: Step) -> tuple[str, str, str]:
    customers = reverse("agent:organisations")
    words = {
        Step.POLICY: (
            _("Publish a policy"),
            _("Your plans and what they promise, in one file. It is checked while you write."),
            reverse("setup:policies"),
        ),
        Step.CUSTOMER: (
            _("Add a customer"),
            _("The organisation you make promises to."),
            customers,
        ),
        Step.SUBSCRIPTION: (
            _("Subscribe them to a plan"),
            _("On their page. From that day their tickets have clocks."),
            customers,
        ),
        Step.CONTACT: (
            _("Invite who writes to you"),
            _("On their page, too. Each gets a mail with a link, and sees what was promised."),
            customers,
        ),
        Step.MAIL: (
            _("Say where mail goes"),
            _("Until then letters are written into a folder and nobody gets them."),
            reverse("setup:outgoing"),
        ),
    }
    return words[step]
