"""Words and lists that contradict each other: commitments, clauses, credits, sources."""

import re
from collections.abc import Iterator
from datetime import date

from duly.policy.bind.layers import parse_path
from duly.policy.bind.plan import resolve
from duly.policy.check import places
from duly.policy.document.read import Document
from duly.policy.problems import Path, Problem
from duly.policy.reading.source import Data

STRONG = re.compile(r"guarant|warrant|\bshall\b|\bwill\b|commit", re.IGNORECASE)
WEAK = re.compile(r"target|goal|\baim|effort|suggest|strive|endeavou?r|not binding", re.IGNORECASE)


def conflicting_words(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """A promise cannot be guaranteed and a goal; a guarantee cannot stand over a suggestion."""
    for key, stated in document.policy.plans.items():
        merged = resolve(document, key).plan
        for kind, words in stated.commitment.items():
            path = ("plans", key, "commitment", kind)
            strong = [word for word in words if STRONG.search(word)]
            weak = [word for word in words if WEAK.search(word) and word not in strong]
            if strong and weak:
                message = f"`{strong[0]}` and `{weak[0]}` are said of the same promise."
                yield document.source.problem(path, "conflicting-words", message)
        for place in places.targets(("plans", key), merged):
            said = merged.commitment.get(place.kind, ())
            strong = [word for word in said if STRONG.search(word)]
            target = place.value
            soft = target is not None and (target.suggested or str(target) == "best effort")
            if strong and soft:
                message = f"`{strong[0]}` is said of {place.kind}, but here it is `{target}`."
                yield document.source.problem(place.path, "conflicting-words", message)


def twice(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """The key of a clause is given once."""
    keys = [clause.key for clause in document.policy.clauses]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            message = f"the key `{key}` is taken already; give each its own."
            yield document.source.problem(("clauses", index), "key-twice", message)


def percent_over_100(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """No share is more than the whole."""
    for root, overlay in places.overlays(document.policy):
        stated = [((*root, "uptime", "target"), overlay.uptime and overlay.uptime.target)]
        stated += [
            ((*root, "credits", i, "percent"), each.percent)
            for i, each in enumerate(overlay.credits)
        ]
        for path, percent in stated:
            if percent and percent > 100:
                message = f"{percent} % is more than everything."
                yield document.source.problem(path, "percent-over-100", message)


def credit_without_promise(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """A credit for a promise that the plan does not make is never owed."""
    for key, stated in document.policy.plans.items():
        plan = resolve(document, key).plan
        for index, credit in enumerate(stated.credits):
            words = credit.when.split()
            about = "uptime" if words[0] == "uptime" else words[1] if words[0] == "missed" else ""
            made = plan.uptime if about == "uptime" else about in plan.targets.kinds
            if about and not made:
                message = f"the plan promises no {about}, so this is never owed."
                path = ("plans", key, "credits", index, "when")
                yield document.source.problem(path, "credit-without-promise", message)


def escalation_without_target(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """Nobody can escalate a miss of something that no plan promises."""
    escalation = document.policy.escalation
    if escalation is None or escalation.opens is None:
        return
    kind = escalation.opens.split()[0]
    plans = document.policy.plans.values()
    if not any(kind in plan.targets.kinds for plan in plans):
        message = f"no plan promises a {kind}, so no level ever opens."
        path = ("escalation", "opens")
        yield document.source.problem(path, "escalation-without-target", message)


def source_of_nothing(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """A note about a value that is not there: a slip, unless it says that the value is unknown."""
    for path, source in document.policy.sources.items():
        if source.mark != "unknown" and not _leads(document.source.data, parse_path(path)):
            message = "there is no such value in this policy; mark it `unknown`, or mend the path."
            yield document.source.problem(
                ("sources", path), "source-of-nothing", message, at_key=True
            )


def _leads(data: Data, path: Path) -> bool:
    for index, step in enumerate(path):
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif isinstance(data, list):
            data = next((each for each in data if _key(each) == step), None)
            if data is None:
                return False
        elif isinstance(data, dict) and "base" in data:
            return True
        else:
            return index > 0 and isinstance(data, str)
    return True


def _key(entry: Data) -> Data:
    return entry.get("key") if isinstance(entry, dict) else entry
