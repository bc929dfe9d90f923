"""The words of a target and their value."""

import pytest

from duly.core.quantity import Quantity, Target, TargetError, Unit, Untimed, parse


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("15 minutes", Target(within=Quantity(15, Unit.MINUTE))),
        ("1 minute", Target(within=Quantity(1, Unit.MINUTE))),
        ("hour", Target(within=Quantity(1, Unit.HOUR))),
        ("30 business minutes", Target(within=Quantity(30, Unit.BUSINESS_MINUTE))),
        ("8 business hours", Target(within=Quantity(8, Unit.BUSINESS_HOUR))),
        ("1 business hours", Target(within=Quantity(1, Unit.BUSINESS_HOUR))),
        ("3 business days", Target(within=Quantity(3, Unit.BUSINESS_DAY))),
        ("next business day", Target(within=Quantity(1, Unit.NEXT_BUSINESS_DAY))),
        ("end of business day", Target(within=Quantity(1, Unit.END_OF_BUSINESS_DAY))),
        ("10 days", Target(within=Quantity(10, Unit.DAY))),
        ("2 weeks", Target(within=Quantity(2, Unit.WEEK))),
        ("every week", Target(within=Quantity(1, Unit.WEEK), every=True)),
        ("every business day", Target(within=Quantity(1, Unit.BUSINESS_DAY), every=True)),
        ("every other day", Target(within=Quantity(2, Unit.DAY), every=True)),
        ("every other business day", Target(within=Quantity(2, Unit.BUSINESS_DAY), every=True)),
        (
            "every end of business day",
            Target(within=Quantity(1, Unit.END_OF_BUSINESS_DAY), every=True),
        ),
        (
            "6 business hours on customer",
            Target(within=Quantity(6, Unit.BUSINESS_HOUR), on="customer"),
        ),
        (
            "suggested every 2 business days on follow-the-sun",
            Target(
                within=Quantity(2, Unit.BUSINESS_DAY),
                every=True,
                suggested=True,
                on="follow-the-sun",
            ),
        ),
        ("  every   2\thours ", Target(within=Quantity(2, Unit.HOUR), every=True)),
        ("best effort", Target(within=Untimed.BEST_EFFORT)),
        ("continuous", Target(within=Untimed.CONTINUOUS)),
        ("none", Target(within=Untimed.NONE)),
    ],
)
def test_words_are_read(words: str, target: Target) -> None:
    assert parse(words) == target
    assert parse(str(target)) == target


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (Target(within=Quantity(1, Unit.HOUR)), "1 hour"),
        (Target(within=Quantity(2, Unit.BUSINESS_HOUR), on="office"), "2 business hours on office"),
        (Target(within=Quantity(1, Unit.WEEK), every=True), "every week"),
        (Target(within=Quantity(11, Unit.WEEK), every=True), "every 11 weeks"),
        (Target(within=Quantity(1, Unit.NEXT_BUSINESS_DAY)), "next business day"),
        (Target(within=Quantity(3, Unit.DAY), suggested=True), "suggested 3 days"),
        (Target(within=Untimed.BEST_EFFORT), "best effort"),
    ],
)
def test_a_target_is_written_as_a_policy_writes_it(target: Target, words: str) -> None:
    assert str(target) == words


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "cannot read ''"),
        ("soon", "cannot read 'soon': a target reads"),
        ("2 hrs", "`8 business hours`"),
        ("1.5 hours", "cannot read '1.5 hours'"),
        ("-1 hours", "cannot read '-1 hours'"),
        ("0 hours", "at least 1 hour"),
        ("٣ hours", "cannot read '٣ hours'"),
        ("2 next business days", "cannot read"),
        ("other week", "`other` needs `every`"),
        ("every best effort", "cannot read"),
        ("2 hours on", "cannot read"),
        ("2 hours on two calendars", "cannot read"),
        ("every suggested 2 hours", "cannot read"),
    ],
)
def test_what_is_no_target_is_named(words: str, reason: str) -> None:
    with pytest.raises(TargetError, match=reason):
        parse(words)


def test_minutes_and_hours_run_always_and_the_rest_on_the_hours_of_the_plan() -> None:
    assert {unit for unit in Unit if Quantity(1, unit).on_always} == {Unit.MINUTE, Unit.HOUR}
