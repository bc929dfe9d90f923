"""Resolutions, workarounds and updates: pauses, changes of priority, reopening."""

from tests.stories.conftest import Tell


def test_waiting_for_the_customer_stops_the_resolution_clock(tell: Tell) -> None:
    story = tell("Mon 10:00", "1")
    assert story.ask("resolution", "Mon 10:00") == "due Wed 10:00"
    story.agent_replies("Mon 11:00", then="wait")
    assert story.ask("resolution", "Mon 12:00") == "paused, 15 h left"
    story.customer_replies("Mon 14:00")
    # Three open hours were spent waiting.
    assert story.ask("resolution", "Mon 14:00") == "due Wed 13:00"


def test_waiting_over_night_costs_only_open_hours(tell: Tell) -> None:
    story = tell("Mon 10:00", "1")
    story.agent_replies("Mon 16:00", then="wait")
    story.customer_replies("Tue 10:00")
    assert story.ask("resolution", "Tue 10:00") == "due Wed 12:00"


def test_waiting_for_a_third_party_does_not_stop_it(tell: Tell) -> None:
    story = tell("Mon 10:00", "1")
    story.waits("Mon 11:00", "third_party")
    assert story.ask("resolution", "Mon 12:00") == "due Wed 10:00"


def test_resuming_without_the_customer_starts_it_again(tell: Tell) -> None:
    story = tell("Mon 10:00", "1")
    story.waits("Mon 11:00", "customer")
    story.resumes("Mon 12:00")
    assert story.ask("resolution", "Mon 12:00") == "due Wed 11:00"


def test_a_clock_missed_already_stays_missed_while_waiting(tell: Tell) -> None:
    story = tell("Mon 10:00", "1")
    story.waits("Wed 11:00", "customer")
    assert story.ask("resolution", "Thu 12:00") == "missed Wed 10:00"


def test_three_business_days_end_at_the_close_of_the_third(tell: Tell) -> None:
    story = tell("Tue 16:59", "2")
    assert story.ask("resolution", "Tue 16:59") == "due Fri 17:00"


def test_best_effort_is_promised_without_an_hour(tell: Tell) -> None:
    story = tell("Mon 10:00", "3")
    assert story.ask("resolution", "third Fri 10:00") == "best effort"


def test_a_higher_priority_starts_a_new_promise_at_the_change(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.prioritised("Mon 12:00", "1")
    assert story.ask("first_response", "Mon 12:00", cycle=1) == "superseded Mon 12:00"
    assert story.ask("first_response", "Mon 12:00", cycle=2) == "due Mon 14:00"
    assert story.ask("resolution", "Mon 12:00", cycle=2) == "due Wed 12:00"


def test_what_was_met_before_a_change_of_priority_stays_met(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.agent_replies("Mon 11:00")
    story.prioritised("Mon 12:00", "1")
    assert story.ask("first_response", "Mon 12:00") == "met Mon 11:00"


def test_what_was_missed_before_a_change_of_priority_stays_missed(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.prioritised("Mon 15:00", "1")
    assert story.ask("first_response", "Mon 15:00", cycle=1) == "missed Mon 14:00"
    assert story.ask("first_response", "Mon 15:00", cycle=2) == "due Mon 17:00"


def test_reopening_takes_the_resolution_back_and_solved_time_does_not_count(tell: Tell) -> None:
    story = tell("Mon 10:00", "1")
    story.resolved("Mon 12:00")
    assert story.ask("resolution", "Mon 12:00") == "met Mon 12:00"
    story.reopened("Tue 10:00")
    # Two of sixteen hours were used; fourteen remain from Tuesday 10:00: seven there, seven on Wednesday.
    assert story.ask("resolution", "Tue 10:00") == "due Wed 16:00"


def test_reopening_owes_the_customer_an_answer(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.agent_replies("Mon 11:00", then="resolve")
    story.reopened("Tue 10:00")
    assert story.ask("first_response", "Tue 10:00") == "met Mon 11:00"
    assert story.ask("next_response", "Tue 10:00") == "due Wed 10:00"


def test_updates_are_owed_after_each_answer_until_the_end(tell: Tell) -> None:
    story = tell("Mon 10:00", "1")
    assert story.ask("update", "Mon 10:30") == "nothing"
    story.agent_replies("Mon 11:00")
    assert story.ask("update", "Mon 11:00") == "due Mon 15:00"
    story.agent_replies("Mon 14:00")
    assert story.ask("update", "Mon 14:00", cycle=1) == "met Mon 14:00"
    # Three open hours on Monday, one on Tuesday.
    assert story.ask("update", "Mon 14:00", cycle=2) == "due Tue 10:00"
    story.resolved("Mon 16:00")
    assert story.ask("update", "Tue 12:00", cycle=2) == "met Mon 16:00"
    assert story.ask("update", "Fri 12:00", cycle=3) == "nothing"


def test_a_missed_update_is_missed_for_good_and_the_next_one_is_owed(tell: Tell) -> None:
    story = tell("Mon 10:00", "1")
    story.agent_replies("Mon 11:00")
    assert story.ask("update", "Mon 16:00", cycle=1) == "missed Mon 15:00"
    assert story.ask("update", "Mon 16:00", cycle=2) == "due Tue 11:00"
    story.agent_replies("Mon 16:30")
    assert story.ask("update", "Mon 16:30", cycle=1) == "missed Mon 15:00"
    assert story.ask("update", "Mon 16:30", cycle=2) == "met Mon 16:30"


def test_closing_voids_what_still_runs(tell: Tell) -> None:
    story = tell("Mon 10:00", "1")
    story.agent_replies("Mon 11:00")
    story.closed("Mon 12:00")
    assert story.ask("resolution", "Mon 12:00") == "void"
    assert story.ask("workaround", "Mon 12:00") == "void"
    assert story.ask("first_response", "Mon 12:00") == "met Mon 11:00"
