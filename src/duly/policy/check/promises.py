"""Promises that contradict each other: a response after the resolution, a dearer plan that is worse."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, permutations

from duly.core import instant
from duly.core.clock.values import Kind
from duly.core.instant import Instant
from duly.core.price import Flat, From, Included, Percent, Price
from duly.policy.bind.plan import resolve
from duly.policy.check.meaning import STARTS, Meaning, later, meaning
from duly.policy.document.read import Document
from duly.policy.problems import Path, Problem

ENDS = (Kind.WORKAROUND, Kind.RESOLUTION)


def response_after_resolution(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """A response that is promised later than the resolution says nothing."""
    for key, found in _meanings(document):
        for priority in _levels(found):
            for end in ENDS:
                example = next(later(found, found, Kind.FIRST_RESPONSE, priority, end), None)
                if example is None:
                    continue
                path = _written(document, key, "targets", "first_response", priority)
                message = f"the response is promised later than the {end}: {_example(example)}."
                yield document.source.problem(path, "response-after-resolution", message)


def urgent_is_slower(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """A more urgent level is promised later than the next one."""
    for key, found in _meanings(document):
        for urgent, lesser in pairwise(_levels(found)):
            for kind in found.terms.targets:
                dues = [(found.due(kind, urgent, s), found.due(kind, lesser, s)) for s in STARTS]
                pairs = [(a, b) for a, b in dues if a is not None and b is not None]
                if pairs and all(a >= b for a, b in pairs) and any(a > b for a, b in pairs):
                    path = _written(document, key, "targets", kind.value, urgent)
                    message = f"`{urgent}` is promised later than `{lesser}`."
                    yield document.source.problem(path, "urgent-is-slower", message)


def dearer_is_worse(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """Who pays more is promised at least as much."""
    for (cheap, less), (dear, more) in permutations(_meanings(document), 2):
        if not _costs_less(less.terms.price, more.terms.price):
            continue
        for kind, table in less.terms.targets.items():
            for priority in table:
                said = _worse(less, more, kind, priority)
                if said:
                    path = _written(document, dear, "targets", kind.value, priority)
                    message = f"`{dear}` costs more than `{cheap}`, but {said}."
                    yield document.source.problem(path, "dearer-is-worse", message)


def _worse(less: Meaning, more: Meaning, kind: Kind, priority: str) -> str | None:
    if less.due(kind, priority, STARTS[0]) is None:
        return None
    if more.due(kind, priority, STARTS[0]) is None:
        cell = more.cell(kind, priority)
        return f"`{cell.target if cell else 'nothing'}` is promised here"
    if any(later(less, more, kind, priority)):
        return None
    example = next(later(more, less, kind, priority), None)
    return f"promises later: {_example(example)}" if example else None


def _costs_less(one: Price | None, other: Price | None) -> bool:
    first, second = _share(one), _share(other)
    if first is None or second is None:
        return False
    comparable = first[0] == second[0] or not first[1]
    return comparable and first[1] < second[1]


def _share(price: Price | None) -> tuple[object, Decimal] | None:
    """Give what a price is measured in and how high it is; None when that says too little."""
    if isinstance(price, From):
        price = price.price
    if isinstance(price, Included):
        return (), Decimal(0)
    if isinstance(price, Flat):
        return (price.currency, price.per), price.amount
    return ((price.of, price.per), price.percent) if isinstance(price, Percent) else None


@lru_cache(maxsize=2)
def _meanings(document: Document) -> list[tuple[str, Meaning]]:
    found = ((key, meaning(document, key)) for key in document.policy.plans)
    return [(key, each) for key, each in found if each is not None]


def _levels(found: Meaning) -> list[str]:
    return [level.key for level in found.terms.priorities]


def _written(document: Document, plan: str, *path: str) -> Path:
    origin = resolve(document, plan).origin(*path)
    return origin.path or ("plans", plan, *path)


def _example(example: tuple[Instant, Instant, Instant]) -> str:
    start, first, second = (instant.text(each) for each in example)
    return f"reported {start} it is due {first}, against {second}"
