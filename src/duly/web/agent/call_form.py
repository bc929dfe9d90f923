"""The form of a ticket that an agent opens for a customer: the customer's form, and who they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from duly.desk.access.actor import Actor
from duly.desk.agreements.intake import intake_of
from duly.desk.queries.callers import Caller, Customer, caller, customer
from duly.desk.queries.fields import Defined
from duly.desk.queries.level import Level
from duly.desk.queries.new_ticket import Cover
from duly.web.portal.forms import NewTicket, answer_name
from duly.web.typed import whole

CHANNELS: Mapping[str, Promise] = {
    "phone": _("by phone"),
    "email": _("by e-mail"),
    "web": _("on the web"),
    "other": _("in another way"),
}
"""How customers come when they do not write themselves, in the words that follow "reported"."""

NEW = "new"


@dataclass(frozen=True, slots=True)
class Who:
    """Who it is for: somebody known, or somebody new, in an organisation or in none; or not yet said."""

    caller: Caller | None = None
    customer: Customer | None = None
    is_new: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it was said."""
        return self.caller is not None or self.is_new

    @property
    def organisations(self) -> tuple[int, ...]:
        """Those under which the ticket may be opened."""
        if self.caller is not None:
            return tuple(number for number, _name in self.caller.organisations)
        return (self.customer.id,) if self.customer else ()


def read_who(actor: Actor, said: str) -> Who:
    """Read what a form says: `p12` is a person, `o5` somebody new in an organisation, `new` in none."""
    number = whole(said[1:]) or 0
    if said.startswith("p"):
        return Who(caller=caller(actor, number))
    if said.startswith("o"):
        found = customer(actor, number)
        return Who(customer=found, is_new=found is not None)
    return Who(is_new=said == NEW)


class Call(NewTicket):
    """A new ticket for somebody else. Agents are asked for less: of what a plan asks for they fill in what they heard.

    Who it is for is known before the rest, for that says which agreements there are.
    """

    find = forms.CharField(required=False, max_length=200)
    who = forms.CharField(error_messages={"required": _("Say for whom it is.")})
    email = forms.CharField(
        required=False, error_messages={"required": _("Write down where they can be reached.")}
    )
    name = forms.CharField(required=False, max_length=200)
    channel = forms.ChoiceField(choices=list(CHANNELS.items()))
    team = forms.CharField(required=False)
    mine = forms.BooleanField(required=False)
    subject = forms.CharField(
        max_length=300,
        error_messages={
            "required": _("Give it a subject that the customer will recognise."),
            "max_length": _("The subject is too long: at most %(limit_value)d characters."),
        },
    )
    text = forms.CharField(
        strip=False, error_messages={"required": _("Write down what they told you.")}
    )

    def __init__(
        self,
        who: Who,
        covers: tuple[Cover, ...],
        own: tuple[Defined, ...],
        data: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(covers, own, data, **kwargs)
        self.whom = who
        self.fields["email"].required = who.is_new
        for box in [*map(answer_name, self.questions), *(field.box for field in own)]:
            self.fields[box].required = False

    def clean_who(self) -> str:
        """Refuse what names nobody."""
        if not self.whom.is_known:
            raise forms.ValidationError(_("Choose one of those that were found."))
        return str(self.cleaned_data["who"])

    @property
    def level(self) -> Level | None:
        """The level that it would have: the one that was chosen, else the one that the plan has for this channel."""
        if self.chosen is None:
            return None
        channel = str(self["channel"].value() or "")
        key = self["priority"].value() or intake_of(self.chosen.binding_id).default_for(channel)
        return next((level for level in self.chosen.levels if level.key == str(key)), None)
