"""What customers send: a new ticket, and words on one they have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duly.desk.agreements.intake import Question
from duly.desk.queries.fields import Defined
from duly.desk.queries.new_ticket import Cover


class Words(forms.Form):
    """A message on a ticket."""

    text = forms.CharField(
        strip=False, error_messages={"required": _("Write something before you send it.")}
    )
    key = forms.CharField(max_length=100, widget=forms.HiddenInput)


class NewTicket(forms.Form):
    """A new ticket under one of the agreements that are open to its writer; it asks which only when there are several.

    `chosen` is the agreement it is under, as far as that is known.
    """

    cover = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Choose one of your agreements.")}
    )
    priority = forms.ChoiceField(
        required=False,
        error_messages={
            "required": _("Say how severe it is."),
            "invalid_choice": _("Choose one of the levels."),
        },
    )
    subject = forms.CharField(
        max_length=300,
        error_messages={
            "required": _("Give it a subject, so that you find it again."),
            "max_length": _("The subject is too long: at most %(limit_value)d characters."),
        },
    )
    text = forms.CharField(strip=False, error_messages={"required": _("Tell us what happened.")})
    key = forms.CharField(max_length=100, widget=forms.HiddenInput)

    def __init__(
        self,
        covers: tuple[Cover, ...],
        own: tuple[Defined, ...],
        data: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.covers, self.own = covers, own
        named = str(self["cover"].value() or "")
        self.chosen = next((c for c in covers if cover_key(c) == named), None)
        if self.chosen is None and len(covers) == 1:
            self.chosen = covers[0]
        self._ask()

    def _ask(self) -> None:
        """Require what this agreement needs."""
        agreement, priority = self.fields["cover"], self.fields["priority"]
        assert isinstance(agreement, forms.ChoiceField)
        assert isinstance(priority, forms.ChoiceField)
        agreement.choices = [(cover_key(c), c.organisation) for c in self.covers]
        agreement.required = len(self.covers) > 1
        agreement.error_messages["required"] = _("Choose the agreement this is about.")
        levels = self.chosen.levels if self.chosen else ()
        priority.choices = [(level.key, level.name) for level in levels]
        priority.required = self.chosen is not None and self.chosen.must_choose
        for question in self.questions:
            self.fields[answer_name(question)] = forms.CharField(
                required=question.is_required,
                error_messages={
                    "required": _("Your plan asks for this: %(what)s.") % {"what": question.label}
                },
            )

        for field in self.own:
            self.fields[field.box] = forms.CharField(
                required=field.is_required_on_form,
                error_messages={"required": _("Fill in: %(field)s.") % {"field": field.name}},
            )

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the agreement asks for besides, as far as it is known which one it is."""
        return self.chosen.questions if self.chosen else ()

    def offered(self) -> dict[str, Any]:
        """What there is to choose from and to fill in under the chosen agreement, as templates draw it."""
        return {
            "agreements": [(cover_key(c), c.organisation, c.plan) for c in self.covers],
            "levels": [
                (level.key, level.name, level.definition)
                for level in (self.chosen.levels if self.chosen else ())
            ],
            "questions": [(self[answer_name(each)], each) for each in self.questions],
            "own": [(self[field.box], field) for field in self.own],
        }

    def reported(self) -> dict[str, Any]:
        """What was typed and chosen, as `open_ticket` takes it."""
        sent, cover = self.cleaned_data, self.chosen
        return {
            "subject": sent["subject"],
            "text": sent["text"],
            "organisation_id": cover.organisation_id if cover else None,
            "subscription_id": cover.subscription_id if cover else None,
            "priority": sent["priority"] or None,
            "answers": self.answers(),
            "fields": self.values(),
            "key": sent["key"],
        }

    def answers(self) -> dict[str, str]:
        """The answers to these, by key."""
        return {each.key: self.cleaned_data[answer_name(each)] for each in self.questions}

    def values(self) -> dict[str, str]:
        """What was filled into the desk's own fields, by key."""
        return {field.key: self.cleaned_data[field.box] for field in self.own}


def answer_name(question: Question) -> str:
    """Name the box of a question, apart from every other."""
    return f"answer-{question.key}"


def cover_key(cover: Cover) -> str:
    """Name an agreement in a form."""
    return f"{cover.organisation_id}-{cover.subscription_id or 0}"
