"""What an agreement adds: escalation, exclusion, allowances, other plans, the customer's own hours, other rules."""

from tests.stories.conftest import Tell


def test_a_missed_first_answer_gives_the_customer_the_right_to_escalate(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    assert story.open_levels("Mon 14:00") == "nothing"
    assert story.open_levels("Mon 14:01") == "level 1 since Mon 14:00"


def test_an_escalation_starts_a_clock_of_its_own(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.escalated("Mon 15:00", 1)
    # The target of a first answer again, from the escalation: two hours on Monday, two on Tuesday.
    assert story.ask("escalation", "Mon 15:00") == "due Tue 11:00"
    story.agent_replies("Tue 10:00")
    assert story.ask("escalation", "Tue 10:00") == "met Tue 10:00"
    assert story.ask("first_response", "Tue 10:00") == "missed Mon 14:00, answered Tue 10:00"


def test_an_escalation_that_is_missed_opens_the_next_level(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.escalated("Mon 15:00", 1)
    assert story.open_levels("Tue 12:00") == "level 1 since Mon 14:00, level 2 since Tue 11:00"
    story.escalated("Tue 13:00", 2)
    assert story.ask("escalation", "Tue 13:00", cycle=1) == "missed Tue 11:00"
    # Four hours, used up exactly at closing time, are due then.
    assert story.ask("escalation", "Tue 13:00", cycle=2) == "due Tue 17:00"


def test_an_answer_in_time_opens_no_level(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.agent_replies("Mon 13:00")
    assert story.open_levels("Fri 10:00") == "nothing"


def test_what_is_found_outside_the_agreement_promises_nothing(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.excluded("Mon 11:00")
    assert story.ask("first_response", "Mon 16:00") == "void"
    assert story.ask("resolution", "Mon 16:00") == "void"


def test_a_customer_who_objects_in_time_gets_every_promise_back(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.excluded("Mon 11:00")
    story.customer_replies("Mon 12:00")
    story.exclusion_withdrawn("Mon 13:00")
    assert story.ask("first_response", "Mon 13:00") == "due Mon 14:00"


def test_an_exclusion_taken_back_late_does_not_excuse_the_miss(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.excluded("Mon 11:00")
    story.exclusion_withdrawn("Mon 15:00")
    assert story.ask("first_response", "Mon 15:00") == "missed Mon 14:00"


def test_merging_ends_what_was_open_and_keeps_what_was_met(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.agent_replies("Mon 11:00")
    story.merged("Mon 12:00")
    assert story.ask("first_response", "Mon 12:00") == "met Mon 11:00"
    assert story.ask("resolution", "Mon 12:00") == "void"


def test_a_merge_taken_back_counts_as_if_it_had_never_been(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.merged("Mon 11:00")
    assert story.ask("first_response", "Mon 12:00") == "void"
    story.unmerged("Mon 13:00")
    assert story.ask("first_response", "Mon 13:00") == "due Mon 14:00"


def test_guidance_is_counted_to_the_minute_and_what_goes_beyond_is_said(tell: Tell) -> None:
    story = tell("Mon 10:00", "3")
    assert story.guidance_left("Mon 10:00") == "0 of 240 min, 0 beyond"
    story.guided("Mon 12:00", 200)
    assert story.guidance_left("Mon 12:00") == "200 of 240 min, 0 beyond"
    story.guided("Tue 12:00", 60)
    assert story.guidance_left("Tue 12:00") == "240 of 240 min, 20 beyond"


def test_a_better_plan_shortens_what_is_still_owed(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    assert story.ask("first_response", "Mon 10:00") == "due Mon 14:00"
    story.moved("Mon 11:00", "swift")
    # Two business hours, counted from the opening.
    assert story.ask("first_response", "Mon 11:00") == "due Mon 12:00"


def test_a_better_plan_does_not_excuse_what_was_missed(tell: Tell) -> None:
    story = tell("Mon 10:00", "2")
    story.moved("Mon 15:00", "swift")
    assert story.ask("first_response", "Mon 15:00") == "missed Mon 14:00"


def test_hours_of_the_customer_count_where_the_plan_says_so(tell: Tell) -> None:
    story = tell("Mon 10:00", "2", plan="abroad")
    # Tokyo closes at 11:00 in Berlin: one hour on Monday, three from 02:00 on Tuesday.
    assert story.ask("first_response", "Mon 10:00") == "due Tue 05:00"


def test_a_holiday_of_the_customer_does_not_count(tell: Tell) -> None:
    story = tell("next Mon 10:00", "2", plan="abroad")
    assert story.ask("first_response", "next Mon 10:00") == "due next Wed 05:00"


def test_a_higher_priority_may_count_from_the_start(tell: Tell) -> None:
    story = tell("Mon 10:00", "2", plan="patient")
    story.prioritised("Mon 11:00", "1")
    assert story.ask("first_response", "Mon 11:00", cycle=1) == "due Mon 12:00"
    assert story.ask("first_response", "Mon 11:00", cycle=2) == "nothing"


def test_counted_from_the_start_a_change_may_come_too_late(tell: Tell) -> None:
    story = tell("Mon 10:00", "2", plan="patient")
    story.prioritised("Mon 13:00", "1")
    assert story.ask("first_response", "Mon 13:00") == "missed Mon 12:00"


def test_reopening_may_start_the_resolution_afresh(tell: Tell) -> None:
    story = tell("Mon 10:00", "1", plan="patient")
    story.resolved("Mon 12:00")
    story.reopened("Tue 10:00")
    assert story.ask("resolution", "Tue 10:00", cycle=1) == "met Mon 12:00"
    # Seven of sixteen hours on Tuesday, eight on Wednesday, one on Thursday.
    assert story.ask("resolution", "Tue 10:00", cycle=2) == "due Thu 10:00"


def test_waiting_for_a_third_party_pauses_where_the_plan_says_so(tell: Tell) -> None:
    story = tell("Mon 10:00", "1", plan="patient")
    story.waits("Mon 11:00", "third_party")
    assert story.ask("resolution", "Mon 12:00") == "paused, 15 h left"
    story.resumes("Mon 13:00")
    assert story.ask("resolution", "Mon 13:00") == "due Wed 12:00"


def test_words_of_the_customer_do_not_bring_a_shipment(tell: Tell) -> None:
    story = tell("Mon 10:00", "1", plan="patient")
    story.waits("Mon 11:00", "shipment")
    story.customer_replies("Mon 12:00")
    assert story.ask("resolution", "Mon 14:00") == "paused, 15 h left"


def test_the_root_cause_is_owed_after_the_resolution(tell: Tell) -> None:
    story = tell("Mon 10:00", "1", plan="patient")
    assert story.ask("root_cause", "Mon 15:00") == "nothing"
    story.resolved("Mon 16:00")
    assert story.ask("root_cause", "Mon 16:00") == "due Thu 17:00"
    story.marked("Wed 10:00", "root_cause")
    assert story.ask("root_cause", "Wed 10:00") == "met Wed 10:00"


def test_reopening_supersedes_the_root_cause(tell: Tell) -> None:
    story = tell("Mon 10:00", "1", plan="patient")
    story.resolved("Mon 16:00")
    story.reopened("Tue 10:00")
    assert story.ask("root_cause", "Tue 10:00") == "superseded Tue 10:00"


def test_a_workaround_meets_its_own_promise_and_no_other(tell: Tell) -> None:
    story = tell("Mon 10:00", "1")
    story.marked("Mon 15:00", "workaround")
    assert story.ask("workaround", "Mon 15:00") == "met Mon 15:00"
    assert story.ask("resolution", "Mon 15:00") == "due Wed 10:00"


def test_updates_are_not_owed_on_a_holiday(tell: Tell) -> None:
    story = tell("next Thu 14:00", "1")
    story.agent_replies("next Thu 15:00")
    # Two hours on Thursday; Friday is a holiday; two on Monday.
    assert story.ask("update", "next Thu 15:00") == "due third Mon 11:00"


def test_no_update_falls_due_while_the_customer_is_waited_for(tell: Tell) -> None:
    story = tell("Mon 10:00", "1")
    story.agent_replies("Mon 11:00", then="wait")
    assert story.ask("update", "Tue 09:00") == "paused, 4 h left"
    story.customer_replies("Tue 10:00")
    assert story.ask("update", "Tue 10:00") == "due Tue 14:00"


def test_an_objection_moves_no_clock_until_somebody_gives_way(tell: Tell) -> None:
    story = tell("Mon 10:00", priority="2")
    story.excluded("Mon 10:30")
    story.objected("Mon 11:00")
    assert story.ask("first_response", "Mon 12:00") == "void"
    story.exclusion_withdrawn("Mon 13:00")
    # Four business hours from Monday at ten: nothing of the time between was lost for the customer.
    assert story.ask("first_response", "Mon 13:00") == "due Mon 14:00"
    story.agent_replies("Mon 13:30")
    assert story.ask("first_response", "Mon 14:00") == "met Mon 13:30"
