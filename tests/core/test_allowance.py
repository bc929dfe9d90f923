from duly.core.allowance import Allowance, CarryOver, History, Minutes, minutes_used, tickets_used
from duly.core.periods import Per
from tests.core.tickets import on, ticket

TWO = Allowance(limit=2, per=Per.MONTH)


def opened(when: str, *more: str) -> History:
    return ticket(f"{when} opened priority=1", *more)


def stands(
    allowance: Allowance, histories: list[History], number: int, when: str
) -> tuple[int, bool]:
    usage = tickets_used(allowance, histories, histories[number], on(when))
    assert usage is not None
    return usage.used, usage.over


def test_tickets_beyond_the_limit_are_over_and_it_is_decided_at_opening() -> None:
    tickets = [opened("mon 09:00"), opened("tue 09:00"), opened("wed 09:00")]
    assert [stands(TWO, tickets, number, "thu 09:00") for number in range(3)] == [
        (3, False),
        (3, False),
        (3, True),
    ]
    assert stands(TWO, tickets, 0, "tue 12:00") == (2, False)
    usage = tickets_used(TWO, tickets, tickets[0], on("thu 09:00"))
    assert usage is not None
    assert (usage.period, usage.limit) == ("2026-03", 2)


def test_a_ticket_that_was_not_opened_yet_has_no_usage() -> None:
    tickets = [opened("tue 09:00")]
    assert tickets_used(TWO, tickets, tickets[0], on("mon 09:00")) is None


def test_two_of_the_same_second_are_counted_in_their_order() -> None:
    tickets = [opened("mon 09:00") for _ in range(3)]
    assert [stands(TWO, tickets, number, "mon 09:00")[1] for number in range(3)] == [
        False,
        False,
        True,
    ]


def test_merged_and_excluded_tickets_use_nothing() -> None:
    tickets = [
        opened("mon 09:00", "mon 10:00 merged into=2"),
        opened("mon 11:00", "mon 12:00 excluded cause=misuse"),
        opened("tue 09:00"),
        opened("tue 10:00"),
        opened("tue 11:00"),
    ]
    assert stands(TWO, tickets, 3, "wed 09:00") == (3, False)
    assert stands(TWO, tickets, 4, "wed 09:00") == (3, True)


def test_a_withdrawn_exclusion_counts_again_but_decides_nothing_anew() -> None:
    tickets = [
        opened(
            "mon 09:00", "mon 10:00 excluded cause=a", "wed 10:00 excluded cause=a withdrawn=yes"
        ),
        opened("tue 09:00"),
        opened("tue 10:00"),
    ]
    assert stands(TWO, tickets, 2, "tue 12:00") == (2, False)
    assert stands(TWO, tickets, 2, "thu 12:00") == (3, False)


def test_a_reopening_uses_nothing() -> None:
    tickets = [opened("mon 09:00", "mon 10:00 resolved by=agent", "tue 10:00 reopened by=customer")]
    assert stands(TWO, tickets, 0, "wed 09:00") == (1, False)


def test_a_ticket_counts_in_the_local_month_of_its_opening() -> None:
    # tue+4 is 2026-03-31; 23:30 in UTC is April in Berlin.
    tickets = [opened("tue+4 23:30")]
    berlin = Allowance(limit=2, per=Per.MONTH, zone="Europe/Berlin")
    for allowance, name in ((TWO, "2026-03"), (berlin, "2026-04")):
        usage = tickets_used(allowance, tickets, tickets[0], on("wed+4 12:00"))
        assert usage is not None
        assert usage.period == name


def test_unlimited_is_never_over() -> None:
    tickets = [opened("mon 09:00") for _ in range(9)]
    assert stands(Allowance(limit=None, per=Per.MONTH), tickets, 8, "tue 09:00") == (9, False)


CARRIED = Allowance(limit=4, per=Per.MONTH, carry_over=CarryOver(50, Per.QUARTER))


def limit(histories: list[History], when: str, since: str | None = None) -> int | None:
    own = opened(when)
    usage = tickets_used(
        CARRIED, [*histories, own], own, on(when), since=None if since is None else on(since)
    )
    assert usage is not None
    return usage.limit


def test_half_of_what_was_unused_is_carried_to_the_end_of_the_quarter() -> None:
    # April 2026 begins wed+4, May fri+8, June mon+13, July wed+17.
    assert limit([], "thu+4 09:00") == 4  # March was in the quarter before
    used_one = [opened("thu+4 09:00")]
    assert limit(used_one, "mon+9 09:00") == 5  # half of three, rounded down
    # In May six are used, of which one was carried: nothing of May is left, and the carried one is gone.
    busy = used_one + [opened("mon+9 09:00") for _ in range(5)]
    assert limit(busy, "mon+14 09:00") == 4
    # An idle May leaves the carried one and half of its own four.
    assert limit(used_one, "mon+14 09:00") == 7
    assert limit(used_one, "mon+18 09:00") == 4


def test_nothing_is_carried_from_before_the_subscription() -> None:
    assert limit([], "mon+9 09:00") == 6  # an idle April leaves half of four
    assert limit([], "mon+9 09:00", since="fri+8 00:00") == 4


GUIDANCE = Allowance(limit=240, counts="minutes", per=None)


def test_guidance_counts_the_minutes_of_one_ticket() -> None:
    history = opened("mon 09:00", "mon 10:00 spent minutes=200", "tue 10:00 spent minutes=100")
    assert minutes_used(GUIDANCE, "guidance", [history], on("mon 12:00")) == Minutes(
        None, 240, 200, 200, 0
    )
    assert minutes_used(GUIDANCE, "guidance", [history], on("wed 12:00")) == Minutes(
        None, 240, 300, 240, 60
    )
    assert minutes_used(GUIDANCE, "training", [history], on("wed 12:00")).used == 0


def test_unlimited_minutes_are_all_covered() -> None:
    history = opened("mon 09:00", "mon 10:00 spent minutes=200")
    unlimited = Allowance(limit=None, counts="minutes", per=None)
    assert minutes_used(unlimited, "guidance", [history], on("tue 09:00")) == Minutes(
        None, None, 200, 200, 0
    )


def test_minutes_of_a_month_are_those_of_all_tickets() -> None:
    monthly = Allowance(
        limit=240, counts="minutes", per=Per.MONTH, carry_over=CarryOver(50, Per.QUARTER)
    )
    histories = [
        opened("mon 09:00", "mon 10:00 spent minutes=100", "thu+4 10:00 spent minutes=40"),
        opened("thu+4 09:00", "fri+4 10:00 spent minutes=30", "mon+9 10:00 spent minutes=400"),
    ]
    assert minutes_used(monthly, "guidance", histories, on("sat+4 12:00")) == Minutes(
        "2026-04", 240, 70, 70, 0
    )
    # 170 of April's 240 minutes were left, and half of them is 85.
    assert minutes_used(monthly, "guidance", histories, on("tue+9 12:00")) == Minutes(
        "2026-05", 325, 400, 325, 75
    )


def test_a_history_without_an_opening_is_not_counted() -> None:
    tickets = [ticket("mon 09:00 noted"), opened("mon 10:00")]
    assert stands(TWO, tickets, 1, "tue 09:00") == (1, False)
    assert tickets_used(TWO, tickets, tickets[0], on("tue 09:00")) is None
