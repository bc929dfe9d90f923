"""Terms of bindings, loaded once: a binding never changes, so what was read of it holds for ever."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from duly.core import stored
from duly.core.clock.promise import promises
from duly.core.terms import Terms
from duly.desk.agreements.subscription import Binding

_LOADED = 500
"""How many bindings stay loaded; each holds its compiled calendars."""


class Loaded(NamedTuple):
    """A binding as it is kept: of which version, its terms, and what the plan says of reports."""

    version_id: int
    terms: Terms
    intake: Mapping[str, Any]


def terms_of(bindings: Iterable[str]) -> Mapping[str, Terms]:
    """Give the terms of bindings by id, each id written as text as events write it."""
    return {binding: loaded(int(binding)).terms for binding in set(bindings)}


def terms_of_binding(binding_id: int | None) -> Terms | None:
    """Give the terms of one binding; None where there is none."""
    return None if binding_id is None else loaded(binding_id).terms


def kept_beside(binding_id: int) -> Mapping[str, Any]:
    """Give what a binding keeps beside its terms: what the plan says of reports."""
    return loaded(binding_id).intake


@lru_cache(maxsize=_LOADED)
def loaded(binding_id: int) -> Loaded:
    """Give all that is kept of one binding."""
    if loaded.cache_info().misses % _LOADED == 0:
        # Core keeps what it made of terms, those that were let go here too.
        promises.cache_clear()
    row = Binding.objects.only("version_id", "terms", "intake").get(pk=binding_id)
    return Loaded(row.version_id, stored.read(row.terms), row.intake)


def rank_of(terms: Terms, priority: str, turn: int = 0) -> int:
    """Place a priority between 0, the most critical of its policy, and 999, so that policies compare.

    With four levels these are 0, 330, 660 and 990. Of the same level a plan's turn decides: one point for each plan
    that is served before it, up to nine.
    """
    keys = [level.key for level in terms.priorities]
    level = 990 * keys.index(priority) // (len(keys) - 1) if len(keys) > 1 else 0
    return level + min(turn, 9)
