"""What a report told besides its words: the answers to what its plan asks for."""

from dataclasses import dataclass

from duly.desk.agreements.intake import intake_of
from duly.desk.tickets.answer import Answer
from duly.desk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Told:
    """A question in the words of the policy, and its answer."""

    label: str
    text: str


def told(row: Ticket) -> tuple[Told, ...]:
    """Read the answers in the order of the questions. One statement where the plan asks for anything, else none."""
    questions = intake_of(row.binding_id).questions
    if not questions:
        return ()
    texts = dict(Answer.objects.filter(ticket=row).values_list("key", "text"))
    return tuple(Told(each.label, texts[each.key]) for each in questions if each.key in texts)
