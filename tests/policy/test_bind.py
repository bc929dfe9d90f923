"""Binding: layers merge down to one cell, the customer's parts are filled in, holidays become dates."""

from datetime import date
from typing import Any

import pytest

from duly.core.calendar.values import DAY, Calendar, Combined, Editions, Interval
from duly.core.clock.values import Kind
from duly.core.marks import BusinessDay
from duly.core.terms import Terms
from duly.policy import UnusableInputError, bind, freeze, read, read_data, subscription
from duly.policy.bind.plan import resolve
from duly.policy.document.read import Document

POLICY = """\
duly: 1
policy: example
version: "1"
effective: 2026-01-01
rules: {business_day: same_local_time, reopen: restart}
calendars:
  office:
    zone: Europe/Berlin
    week: {mon-thu: 09:00-17:00, fri: [09:00-12:00, 13:00-16:00], sat: 22:00-02:00}
    holidays: {country: DE, subdivision: BE, also: [12-24], except: [2026-05-01]}
    days: {2026-12-31: 09:00-12:00, 2027-01-04: []}
  tokyo: {zone: Asia/Tokyo, week: {daily: 00:00-24:00}, holidays: unknown}
  sun: {union: [office, tokyo], zone: UTC}
  theirs: {zone: customer, week: {mon-fri: 08:00-18:00}, holidays: customer}
  changed:
    - {zone: Europe/Berlin, week: {mon: 09:00-10:00}}
    - {from: 2026-07-01, zone: Europe/Berlin, week: {tue: 09:00-10:00}}
choices:
  window: {label: Window, of: [office, tokyo]}
priorities: {levels: [{key: 1, name: Urgent, definition: Down.}, 2, 3]}
plans:
  basic:
    price: included
    hours: office
    channels: {email: office, phone: office}
    targets:
      first_response: {1: 8 business hours, 2: 3 business days, 3: 4 hours}
      resolution: {1: best effort}
    allowances: {incidents: 2 per month}
  gold:
    base: basic
    hours: {1: always, otherwise: window}
    channels: {phone: none}
    rules: {reopen: continue}
    targets:
      first_response: {1: 15 minutes}
      update: {1: every 2 hours on theirs, starts: prioritised}
addons:
  evenings: {to: [gold], price: by contract, hours: sun}
"""


def document() -> Document:
    return read(POLICY)


def terms(plan: str, **stated: Any) -> Terms:
    return bind(document(), subscription({"plan": plan, **stated}))


CUSTOMER = {
    "customer": {"zone": "Asia/Kolkata", "week": {"mon-fri": "09:30-18:30"}, "holidays": ["01-26"]}
}


def gold(**stated: Any) -> Terms:
    return terms("gold", **{"choices": {"window": "tokyo"}, "calendars": CUSTOMER, **stated})


def target(found: Terms, kind: Kind, priority: str) -> str:
    return str(found.targets[kind][priority][0].target)


def test_a_base_is_merged_down_to_one_cell() -> None:
    found = gold()
    assert target(found, Kind.FIRST_RESPONSE, "1") == "15 minutes"
    assert target(found, Kind.FIRST_RESPONSE, "2") == "3 business days"
    assert target(found, Kind.RESOLUTION, "1") == "best effort"
    assert found.allowances["incidents"].limit == 2


def test_a_plans_rules_lie_over_the_policys() -> None:
    assert terms("basic").rules.reopen == "restart"
    assert gold().rules.reopen == "continue"
    assert gold().rules.days.business_day is BusinessDay.SAME_LOCAL_TIME


def test_hours_by_priority_follow_the_choice() -> None:
    assert gold().hours == {"1": "always", "2": "tokyo", "3": "tokyo"}


def test_none_removes_what_the_base_has() -> None:
    resolved = resolve(document(), "gold")
    assert list(resolved.plan.channels) == ["email"]
    assert resolved.layered.data["channels"] == {"email": "office"}
    assert resolved.origin("channels", "phone").layer == "default"


def test_every_part_of_a_calendar_arrives() -> None:
    office = terms("basic").calendars["office"]
    assert isinstance(office, Calendar)
    assert office.zone == "Europe/Berlin"
    assert office.week[0] == (Interval(9 * 3600, 17 * 3600),)
    assert office.week[4] == (Interval(9 * 3600, 12 * 3600), Interval(13 * 3600, 16 * 3600))
    assert office.week[5] == (Interval(22 * 3600, 2 * 3600),)
    assert office.week[5][0].until == DAY + 2 * 3600
    assert office.hours(date(2026, 12, 31)) == (Interval(9 * 3600, 12 * 3600),)
    assert office.hours(date(2027, 1, 4)) == ()


def test_holidays_of_a_part_of_a_country_with_additions_and_exceptions() -> None:
    office = terms("basic").calendars["office"]
    assert isinstance(office, Calendar)
    fall_on = office.holidays.fall_on
    assert fall_on(date(2027, 3, 8))  # Women's Day, in Berlin only
    assert fall_on(date(2026, 4, 6))  # Easter Monday
    assert not fall_on(date(2026, 5, 1))  # excepted, in that year alone
    assert fall_on(date(2027, 5, 1))
    assert fall_on(date(2030, 12, 24))
    assert not fall_on(date(2026, 1, 6))  # Epiphany, not in Berlin


def test_a_holiday_may_be_excepted_for_every_year() -> None:
    changed = read(POLICY.replace("except: [2026-05-01]", "except: [05-01, 12-24]"))
    office = bind(changed, subscription({"plan": "basic"})).calendars["office"]
    assert isinstance(office, Calendar)
    assert not office.holidays.fall_on(date(2027, 5, 1))
    assert not office.holidays.fall_on(date(2027, 12, 24))
    assert office.holidays.fall_on(date(2027, 12, 25))


def test_dates_that_a_version_was_stored_with_never_move() -> None:
    stored = read(POLICY.replace("subdivision: BE,", "subdivision: BE, dates: [2026-02-03],"))
    office = bind(freeze(stored), subscription({"plan": "basic"})).calendars["office"]
    assert isinstance(office, Calendar)
    assert office.holidays.dates == {date(2026, 2, 3)}


def test_unknown_holidays_are_known_to_be_unknown() -> None:
    tokyo = gold().calendars["tokyo"]
    assert isinstance(tokyo, Calendar)
    assert not tokyo.holidays.known


def test_the_customers_zone_and_holidays_fill_a_calendar() -> None:
    theirs = gold().calendars["theirs"]
    assert isinstance(theirs, Calendar)
    assert theirs.zone == "Asia/Kolkata"
    assert theirs.holidays.fall_on(date(2031, 1, 26))
    assert theirs.week[0] == (Interval(8 * 3600, 18 * 3600),)


def test_what_the_customer_must_give_is_named() -> None:
    with pytest.raises(UnusableInputError, match=r"zone of the customer .* calendar `theirs`"):
        gold(calendars={})
    with pytest.raises(
        UnusableInputError, match=r"choice `window`: nothing was chosen.*office, tokyo"
    ):
        gold(choices={})
    with pytest.raises(UnusableInputError, match="`theirs` is not on offer"):
        gold(choices={"window": "theirs"})


def test_what_no_cell_needs_need_not_be_given() -> None:
    no_business_time = POLICY.replace(
        "{1: 8 business hours, 2: 3 business days, 3: 4 hours}", "{3: 4 hours}"
    )
    found = bind(read(no_business_time), subscription({"plan": "gold", "calendars": CUSTOMER}))
    assert found.hours == {"1": "always"}


def test_combined_calendars_bring_their_parts() -> None:
    found = gold(addons=["evenings"])
    assert found.hours == {"1": "sun", "2": "sun", "3": "sun"}
    assert found.calendars["sun"] == Combined(op="union", parts=("office", "tokyo"), zone="UTC")
    assert {"office", "tokyo"} <= set(found.calendars)


def test_an_addon_is_only_for_its_plans() -> None:
    with pytest.raises(UnusableInputError, match="`evenings` is for gold, not for basic"):
        terms("basic", addons=["evenings"])


def test_editions_keep_their_dates() -> None:
    changed = gold(
        amendments=[{"path": "hours", "value": "changed", "reason": "order form"}]
    ).calendars["changed"]
    assert isinstance(changed, Editions)
    assert [each.from_on for each in changed.editions] == [None, date(2026, 7, 1)]


def test_starts_beside_the_priorities_holds_for_each_cell() -> None:
    assert gold().targets[Kind.UPDATE]["1"][0].starts == "prioritised"


AMENDED = [
    {"from": "2026-03-01", "path": "targets.first_response.2", "value": "1 business day", "reason": "order form"},
    {"from": "2026-09-01", "path": "plans.gold.targets.first_response.2", "value": "1 hour"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "promised"),
    [
        (date(2026, 2, 28), "3 business days"),
        (date(2026, 3, 1), "1 business day"),
        (date(2026, 9, 1), "1 hour"),
    ],
)
def test_an_amendment_holds_from_its_date(on: date, promised: str) -> None:
    stated = {"plan": "gold", "choices": {"window": "tokyo"}, "calendars": CUSTOMER}
    found = bind(document(), subscription({**stated, "amendments": AMENDED}), on=on)
    assert target(found, Kind.FIRST_RESPONSE, "2") == promised


def test_an_amendment_that_leads_nowhere_says_so() -> None:
    with pytest.raises(UnusableInputError, match="no `tragets`; did you mean `targets`"):
        gold(amendments=[{"path": "tragets.update.1", "value": "none"}])
    with pytest.raises(UnusableInputError, match="two hours"):
        gold(amendments=[{"path": "targets.update.1", "value": "two hours"}])


def test_every_value_knows_its_layer() -> None:
    held = subscription({"plan": "gold", "addons": ["evenings"], "amendments": AMENDED})
    resolved = resolve(document(), held)
    assert str(resolved.origin("targets", "first_response", "1")) == "plan gold"
    assert str(resolved.origin("targets", "first_response", "3")) == "base basic"
    assert str(resolved.origin("targets", "first_response", "2")) == "amendment (from 2026-09-01)"
    assert str(resolved.origin("hours")) == "addon evenings"
    assert str(resolved.origin("rules", "business_day")) == "policy example"
    assert resolved.origin("rules", "outside_hours").layer == "default"


def test_a_frozen_version_needs_no_holiday_calendar_any_more() -> None:
    frozen = freeze(document())
    stored = read_data(frozen.source.data)
    office = stored.policy.calendars["office"]
    assert not isinstance(office, tuple)
    assert not isinstance(office.holidays, str | tuple)
    assert office.holidays is not None
    assert date(2026, 4, 6) in (office.holidays.dates or ())
    bound = bind(stored, subscription({"plan": "basic"}))
    assert bound.calendars == terms("basic").calendars


def test_an_unknown_country_is_named() -> None:
    wrong = read(POLICY.replace("country: DE", "country: XX"))
    with pytest.raises(UnusableInputError, match="holidays of `XX` are not known"):
        bind(wrong, subscription({"plan": "basic"}))
