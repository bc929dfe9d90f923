"""Where a ticket stands and what happened to it, in plain words, for each side of the desk."""

from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.clock.values import Kind
from duly.desk.queries.entries import Entry
from duly.desk.tickets.field import FieldKind
from duly.desk.tickets.kinds import BY_ITSELF, KINDS
from duly.web.covered import allowance_name
from duly.web.fields import value_words
from duly.web.ui.clock.face import KINDS as CLOCKS
from duly.web.ui.clock.rules import REASONS
from duly.web.words import Reader, exact

USUAL = {"spent": {"on": "guidance"}}
"""Facts that a history leaves out where they are the usual ones."""


def state_for_agents(status: str, waiting_on: str) -> str:
    """Say where a ticket stands to those who work on it."""
    if status == "waiting":
        return _waiting(waiting_on, _("Waiting for customer"))
    return _simple(status)


def state_for_customers(status: str, waiting_on: str) -> str:
    """Say where a ticket stands to the customer."""
    if status == "waiting":
        return _waiting(waiting_on, _("Waiting for you"))
    return _("With us") if status == "open" else _simple(status)


def said_to_customers(entry: Entry, reader: Reader) -> str:
    """Say it to the customer, who is not spoken of as somebody else."""
    return said(entry, reader, customer=_("you"))


def said(entry: Entry, reader: Reader, *, customer: str = "") -> str:
    """Say what happened as a sentence: who, then what; instants as the reader writes them."""
    names = {
        **{reason: str(label) for reason, label in REASONS.items()},
        **{kind.value: str(label) for kind, label in CLOCKS.items()},
        **relations(),
        **verdicts(),
        **({"customer": customer} if customer else {}),
    }
    if entry.kind == "filled":
        return f"{entry.who} {_filled(entry, reader)}".strip()
    stated = USUAL.get(entry.kind, {}) | dict(entry.facts)
    facts = {name: names.get(fact) or _of_a_key(fact) for name, fact in stated.items()}
    if "allowance" in stated:
        facts["allowance"] = allowance_name(stated["allowance"])
    if "until" in stated:
        facts["until"] = exact(instant.to_datetime(instant.parse(stated["until"])), reader)
    return f"{entry.who} {_sentence(entry).format(**facts)}".strip()


def _of_a_key(fact: str) -> str:
    """Read what a policy has no words for by its key; what has words stands as it is written."""
    return fact.replace("_", " ") if fact.isidentifier() else fact


def _sentence(entry: Entry) -> str:
    if entry.kind == "excluded" and "withdrawn" in entry.facts:
        return _("withdrew the exclusion by “{cause}”")
    if entry.kind == "closed" and BY_ITSELF in entry.facts:
        return _("The ticket closed by itself: nobody wrote any more")
    if entry.kind != "assigned":
        return _(KINDS[entry.kind].sentence)
    if "assignee" not in entry.facts:
        to_team = "team" in entry.facts
        return (
            _("gave the ticket to the team {team}") if to_team else _("gave the ticket to nobody")
        )
    return (
        _("took the ticket")
        if entry.facts["assignee"] == entry.who
        else _("gave the ticket to {assignee}")
    )


def _filled(entry: Entry, reader: Reader) -> str:
    """Words that somebody typed are shown as they are."""
    facts = entry.facts
    if "value" not in facts:
        return _("emptied %(field)s") % {"field": facts["field"]}
    value = value_words(FieldKind(facts["kind"]), facts["value"], reader)
    return _(KINDS[entry.kind].sentence).format(field=facts["field"], value=value)


def verdicts() -> dict[str, str]:
    """What a customer found the help, in a sentence."""
    return {"good": _("good"), "poor": _("not good")}


def relations() -> dict[str, str]:
    """How a ticket belongs to one that it is linked to, before the number of that one."""
    return {
        "related": _("related to"),
        "caused_by": _("caused by"),
        "causes": _("the cause of"),
        "duplicate_of": _("a duplicate of"),
        "duplicated_by": _("repeated by"),
    }


def tails() -> dict[Kind, str]:
    """What a queue writes behind the time of each clock: the kind in one lower-case word or two."""
    return {
        Kind.FIRST_RESPONSE: _("first answer"),
        Kind.NEXT_RESPONSE: _("answer"),
        Kind.UPDATE: _("update"),
        Kind.WORKAROUND: _("workaround"),
        Kind.RESOLUTION: _("resolution"),
        Kind.ROOT_CAUSE: _("root cause"),
        Kind.ESCALATION: _("escalation"),
    }


def _simple(status: str) -> str:
    return {"open": _("Open"), "resolved": _("Resolved"), "closed": _("Closed")}[status]


def _waiting(waiting_on: str, customer: str) -> str:
    if waiting_on == "customer":
        return customer
    if waiting_on == "third_party":
        return _("Waiting for others")
    return _("Waiting: %(reason)s") % {"reason": waiting_on.replace("_", " ")}
