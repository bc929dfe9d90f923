"""Spans against sets of instants, and at their edges."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from duly.core.spans import Span, intersect, subtract, total, union

loose = st.lists(st.builds(Span, st.integers(0, 40), st.integers(0, 40)), max_size=8)


def instants(spans: list[Span] | tuple[Span, ...]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def test_touching_spans_become_one_and_empty_ones_vanish() -> None:
    assert union([Span(5, 9), Span(1, 3)], [Span(3, 5), Span(20, 20), Span(30, 25)]) == (
        Span(1, 9),
    )


def test_a_span_within_another_adds_nothing() -> None:
    assert union([Span(1, 10), Span(2, 3)]) == (Span(1, 10),)


def test_spans_are_half_open() -> None:
    assert intersect([Span(1, 3)], [Span(3, 5)]) == ()


def test_nothing_can_be_taken_from_nothing() -> None:
    assert subtract((), [Span(1, 2)]) == ()


@given(loose, loose)
def test_spans_do_what_sets_of_instants_do(one: list[Span], other: list[Span]) -> None:
    left, right = union(one), union(other)
    assert instants(union(one, other)) == instants(one) | instants(other)
    assert instants(intersect(left, right)) == instants(left) & instants(right)
    assert instants(subtract(left, right)) == instants(left) - instants(right)
    assert total(left) == len(instants(one))


@given(loose, loose)
def test_results_are_sorted_and_disjoint_and_never_empty(
    one: list[Span], other: list[Span]
) -> None:
    left, right = union(one), union(other)
    for result in (left, intersect(left, right), subtract(left, right)):
        assert all(span.start < span.end for span in result)
        assert all(a.end < b.start for a, b in itertools.pairwise(result))
