"""What a plan asks of a report, and what it gives one that says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from duly.desk.actions.tickets._cover import Cover
from duly.desk.agreements.intake import Intake, intake_of
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.errors import Invalid
from duly.desk.tickets.words import body

FORM = "web"
"""The channel that can ask: a mail says what it says, and takes the default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as it came in."""

    priority: str | None
    channel: str
    by_customer: bool
    answers: Mapping[str, str]

    @property
    def on_the_form(self) -> bool:
        """Whether a customer filled in the form, which can ask."""
        return self.by_customer and self.channel == FORM


def must_know_priority(binding_id: int | None, priority: str | None) -> None:
    """Refuse a priority that the terms do not know; without terms any will do.

    Raises:
        Invalid: they do not know it.
    """
    terms = terms_of_binding(binding_id)
    if not priority or terms is None:
        return
    known = [level.key for level in terms.priorities]
    if priority not in known:
        raise Invalid(
            _("There is no priority %(priority)s; choose %(known)s.")
            % {"priority": priority, "known": ", ".join(known)},
            field="priority",
        )


def first_priority(cover: Cover, report: Report) -> str | None:
    """Give the priority that a new ticket gets: the one that is stated, else the plan's default.

    Raises:
        Invalid: the terms do not know it, the plan leaves it to the provider, or the form has to state it.
    """
    intake = intake_of(cover.binding_id)
    must_know_priority(cover.binding_id, report.priority)
    if report.by_customer and report.priority and intake.first == "provider":
        raise Invalid(_("The desk sets the priority here: leave it out."), field="priority")
    if report.on_the_form and not report.priority and "priority" in intake.requires:
        raise Invalid(_("Choose a priority: this plan asks for one."), field="priority")
    return report.priority or intake.default_for(report.channel)


def sound_answers(cover: Cover, report: Report) -> dict[str, str]:
    """Give the answers to what the plan asks for, without the empty ones.

    Raises:
        Invalid: an answer that the form has to give is missing or too long, the plan does not ask for it, or the
            organisation has not named the technical contact that the plan needs.
    """
    intake = intake_of(cover.binding_id)
    given = {key: body(text) for key, text in report.answers.items() if text.strip()}
    unasked = given.keys() - {question.key for question in intake.questions}
    if unasked:
        raise Invalid(
            _("This plan does not ask for %(unasked)s.") % {"unasked": ", ".join(sorted(unasked))},
            field="answers",
        )
    if report.on_the_form:
        _must_be_complete(intake, given)
        _must_have_technical_contact(cover, intake)
    return given


def _must_be_complete(intake: Intake, given: Mapping[str, str]) -> None:
    missing = [q.label for q in intake.questions if q.is_required and q.key not in given]
    if missing:
        raise Invalid(
            _("This plan asks for: %(missing)s.") % {"missing": ", ".join(missing)}, field="answers"
        )


def _must_have_technical_contact(cover: Cover, intake: Intake) -> None:
    if "technical_contact" not in intake.requires:
        return
    if not cover.has_technical_contact:
        raise Invalid(
            _(
                "This plan needs a technical contact, and your organisation has named none. Ask whoever manages your "
                "account to name one, or write to us by mail."
            ),
            field="technical_contact",
        )
