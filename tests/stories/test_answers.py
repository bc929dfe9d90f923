"""First answers and those that follow: when they are owed, and what counts as one."""

from tests.stories.conftest import Tell


def test_an_urgent_first_answer_counts_by_the_clock_on_the_wall(tell: Tell) -> None:
    story = tell("Mon 16:30", "1")
    assert story.ask("first_response", "Mon 16:31") == "due Mon 18:30"


def test_a_normal_first_answer_counts_open_hours_only(tell: Tell) -> None:
    story = tell("Mon 16:30", "2")
    # Half an hour on Monday, three and a half on Tuesday.
    assert story.ask("first_response", "Mon 16:31") == "due Tue 12:30"


def test_a_report_on_a_saturday_waits_for_monday(tell: Tell) -> None:
    story = tell("Sat 11:00", "2")
    assert story.ask("first_response", "Sat 11:00") == "due next Mon 13:00"


def test_the_next_business_day_lasts_until_its_close_and_skips_the_holiday(tell: Tell) -> None:
    story = tell("next Thu 10:00", "3")
    # The next Friday is a holiday, so the next business day is the Monday after.
    assert story.ask("first_response", "next Thu 10:00") == "due third Mon 17:00"


def test_an_answer_in_time_is_met_for_good(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.agent_replies("Mon 14:00")
    assert story.ask("first_response", "Mon 14:00") == "met Mon 14:00"
    assert story.ask("first_response", "Fri 14:00") == "met Mon 14:00"


def test_a_late_answer_stays_a_miss(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    assert story.ask("first_response", "Mon 14:00") == "due Mon 14:00"
    assert story.ask("first_response", "Mon 14:01") == "missed Mon 14:00"
    story.agent_replies("Mon 15:00")
    assert story.ask("first_response", "Mon 15:00") == "missed Mon 14:00, answered Mon 15:00"


def test_a_note_answers_nobody(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.agent_notes("Mon 11:00")
    assert story.ask("first_response", "Mon 11:00") == "due Mon 14:00"


def test_the_customers_own_words_do_not_answer_them(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.customer_replies("Mon 11:00")
    assert story.ask("first_response", "Mon 11:00") == "due Mon 14:00"
    assert story.ask("next_response", "Mon 11:00") == "nothing"


def test_each_question_of_the_customer_is_owed_an_answer(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.agent_replies("Mon 11:00")
    story.customer_replies("Mon 13:00")
    story.customer_replies("Mon 15:00")
    assert story.ask("next_response", "Mon 15:00") == "due Tue 13:00"
    story.agent_replies("Tue 10:00")
    story.customer_replies("Tue 11:00")
    assert story.ask("next_response", "Tue 11:00", cycle=1) == "met Tue 10:00"
    assert story.ask("next_response", "Tue 11:00", cycle=2) == "due Wed 11:00"


def test_resolving_answers_what_was_open(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.resolved("Mon 13:00")
    assert story.ask("first_response", "Mon 13:00") == "met Mon 13:00"


def test_a_customer_who_resolves_voids_the_answer_that_was_owed(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.resolved("Mon 13:00", by="customer")
    assert story.ask("first_response", "Mon 13:00") == "void"
    assert story.ask("resolution", "Mon 13:00") == "met Mon 13:00"


def test_who_resolves_alone_and_reopens_is_still_owed_a_first_answer(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.resolved("Mon 13:00", by="customer")
    story.reopened("Tue 9:30")
    assert story.ask("first_response", "Tue 9:30", cycle=1) == "void"
    assert story.ask("first_response", "Tue 9:30", cycle=2) == "due Tue 13:30"
    story.agent_replies("Tue 11:00")
    assert story.ask("first_response", "Tue 11:00") == "met Tue 11:00"


def test_what_was_missed_is_not_voided_by_closing(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.closed("Mon 16:00")
    assert story.ask("first_response", "Mon 16:00") == "missed Mon 14:00"
    assert story.ask("resolution", "Mon 16:00") == "void"


def test_nothing_is_promised_before_somebody_sets_a_priority(tell: Tell) -> None:
    story = tell("Mon 10:00")
    assert story.ask("first_response", "Mon 11:00") == "nothing"
    story.prioritised("Mon 12:00", "2")
    # The first setting of a priority is not a change: the promise counts from the opening.
    assert story.ask("first_response", "Mon 12:00") == "due Mon 14:00"


def test_what_an_agent_writes_down_for_a_caller_is_the_callers_report_and_no_answer(
    tell: Tell,
) -> None:
    story = tell("Mon 10:00", "2", by="agent")
    assert story.ask("first_response", "Mon 10:01") == "due Mon 14:00"
    story.customer_replies("Mon 11:00")
    # Nobody has answered yet, so no further answer is owed.
    assert story.ask("next_response", "Mon 11:00") == "nothing"
    story.agent_replies("Mon 12:00")
    assert story.ask("first_response", "Mon 12:00") == "met Mon 12:00"
