"""`duly policy explain`, `promise`, `price`, `show` and `schema`: what they answer, in words and in JSON."""

from pathlib import Path

import pytest

from tests.cli.policy.conftest import Duly, parsed


def test_explain_adds_up(duly: Duly) -> None:
    result = duly("explain", "case.yaml", "A", "first_response", "--at", "2026-10-24T00:00Z")
    assert result.exit_code == 0
    # One hour of Friday afternoon and seven of Monday make the eight.
    assert "Fri 2026-10-23 16:00 to 17:00, 1 h" in result.stdout
    assert "Mon 2026-10-26 09:00 to 16:00, 7 h" in result.stdout


def test_explain_as_json_adds_up(duly: Duly) -> None:
    found = parsed(duly("explain", "case.yaml", "A", "first_response", "--json"))
    spans = found["sum"]["counted"]
    assert [span["seconds"] for span in spans] == [3600, 7 * 3600]
    assert sum(span["seconds"] for span in spans) == found["sum"]["seconds"] == 8 * 3600
    assert found["sum"]["due_at"] == found["clock"]["due_at"] == "2026-10-26T15:00:00Z"
    assert (found["policy"], found["version"], found["plan"]) == ("example", "1", "gold")


@pytest.mark.parametrize(
    ("ticket", "clock", "code", "said"),
    [
        ("B", "first_response", 2, "there is no ticket `B`"),
        ("A", "resolution", 2, "there is no resolution clock"),
        ("A", "nonsense", 2, "nonsense"),
    ],
)
def test_explain_says_what_is_not_there(
    duly: Duly, ticket: str, clock: str, code: int, said: str
) -> None:
    result = duly("explain", "case.yaml", ticket, clock)
    assert result.exit_code == code
    assert said in result.stderr


def test_a_file_of_several_cases_is_asked_by_number(duly: Duly, folder: Path) -> None:
    file = folder / "case.yaml"
    second = file.read_text().replace("Eight hours", "Two").replace("  A:", "  Z:")
    file.write_text(file.read_text() + "---\n" + second.replace("ticket: A", "ticket: Z"))
    assert list(parsed(duly("replay", "case.yaml", "--json"))["tickets"]) == ["A"]
    found = parsed(duly("replay", "case.yaml", "--number", "2", "--json"))
    assert list(found["tickets"]) == ["Z"]
    result = duly("replay", "case.yaml", "--number", "3")
    assert (result.exit_code, "holds 2" in result.stderr) == (2, True)


def test_promise_tells_what_a_report_then_would_get(duly: Duly) -> None:
    arguments = ("policy.yaml", "gold", "--priority", "1", "--at", "2026-10-23T16:00+02:00")
    found = parsed(duly("promise", *arguments, "--json"))
    assert [(clock["kind"], clock["due_at"]) for clock in found["clocks"]] == [
        ("first_response", "2026-10-26T15:00:00Z")
    ]
    assert found["later"] == [{"kind": "update", "target": "every 2 hours"}]
    said = duly("promise", *arguments).stdout
    assert "Mon 2026-10-26 16:00 +01:00" in said


def test_promise_with_an_unknown_priority_names_the_levels(duly: Duly) -> None:
    arguments = ("policy.yaml", "gold", "--priority", "9", "--at", "2026-10-23T16:00Z")
    result = duly("promise", *arguments)
    assert result.exit_code == 2
    assert "levels are 1, 2" in result.stderr


def test_promise_refuses_a_channel_that_the_plan_does_not_name(duly: Duly, folder: Path) -> None:
    arguments = ("policy.yaml", "gold", "--priority", "1", "--at", "2026-10-23T16:00+02:00")
    assert duly("promise", *arguments, "--channel", "fax").exit_code == 0, "no channel is named"
    file = folder / "policy.yaml"
    gated = "[{within: 15 minutes, when: {channel: phone}}, 8 business hours]"
    file.write_text(file.read_text().replace("8 business hours", gated))
    refused = duly("promise", *arguments, "--channel", "fax")
    assert refused.exit_code == 2
    assert "no channel `fax`; channels are email, phone, web" in refused.stderr
    assert "did you mean `phone`?" in duly("promise", *arguments, "--channel", "phon").stderr
    # A quarter of an hour after 14:00 UTC; by mail the other target holds.
    by_phone = parsed(duly("promise", *arguments, "--channel", "phone", "--json"))
    assert by_phone["clocks"][0]["due_at"] == "2026-10-23T14:15:00Z"
    assert duly("promise", *arguments, "--channel", "email").exit_code == 0


def test_what_the_customer_brings_comes_from_a_file(duly: Duly, folder: Path) -> None:
    file = folder / "policy.yaml"
    file.write_text(file.read_text().replace("8 business hours", "8 business hours on customer"))
    arguments = ("policy.yaml", "gold", "--priority", "1", "--at", "2026-10-23T16:00+02:00")
    result = duly("promise", *arguments)
    assert result.exit_code == 2
    assert "the calendar `customer` of the customer is needed" in result.stderr
    (folder / "customer.yaml").write_text(
        "calendars: {customer: {zone: Asia/Kolkata, week: {mon-fri: 09:30-18:30}}}\n"
    )
    found = parsed(duly("promise", *arguments, "--subscription", "customer.yaml", "--json"))
    # 16:00 in Berlin is 19:30 in Kolkata, after hours; 8 hours from Monday 09:30 end at 17:30, 12:00 UTC.
    assert found["clocks"][0]["due_at"] == "2026-10-26T12:00:00Z"


def test_price_is_exact_and_says_who_may_have_it(duly: Duly) -> None:
    found = parsed(duly("price", "policy.yaml", "gold", "--licence-fee", "50000.50", "--json"))
    # 8 % of 50000.50 is 4000.04; together 54000.54, which is 5999.46 short of 60000.
    assert found == {
        "fee": "4000.04",
        "total": "54000.54",
        "eligible": False,
        "shortfall": "5999.46",
        "currency": "USD",
        "per": None,
    }
    arguments = ("policy.yaml", "gold", "--licence-fee", "50000.50", "--total-spend", "60000")
    found = parsed(duly("price", *arguments, "--json"))
    assert (found["eligible"], found["total"]) == (True, "60000.00")


def test_price_names_the_sum_that_it_needs(duly: Duly) -> None:
    result = duly("price", "policy.yaml", "gold")
    assert result.exit_code == 2
    assert "licence" in result.stderr
    result = duly("price", "policy.yaml", "gold", "--licence-fee", "a lot")
    assert result.exit_code == 2
    assert "not a sum" in result.stderr


def test_addons_of_a_subscription_are_paid_for(duly: Duly, folder: Path) -> None:
    file = folder / "policy.yaml"
    file.write_text(
        file.read_text() + "\naddons:\n"
        "  contacts: {price: 100 USD per 3 contacts}\n"
        "  window: {price: 30.50 USD per month}\n"
    )
    (folder / "customer.yaml").write_text(
        "addons: [{addon: contacts, units: 4}, {addon: window, units: 2}]\n"
    )
    arguments = ("policy.yaml", "gold", "--licence-fee", "50000", "--subscription", "customer.yaml")
    # 8 % of 50,000 is 4,000; four contacts are two packs of three; two windows are 61.00.
    found = parsed(duly("price", *arguments, "--json"))
    assert (found["fee"], found["total"], found["per"]) == ("4261.00", "54261.00", "month")
    # 4,000 and 200 once, 61.00 in each of twelve months: 4,200 and 732.
    assert "fee 4932.00 USD for 12 months" in duly("price", *arguments, "--months", "12").stdout


def test_prices_by_pack_and_by_day(duly: Duly, folder: Path) -> None:
    file = folder / "policy.yaml"
    whole = file.read_text()
    stated = "price: 8 % of licence_fee, from 60000 USD total_spend"
    file.write_text(whole.replace(stated, "price: 39500 USD per 3 contacts"))
    # 4 contacts need two packs of three.
    found = parsed(duly("price", "policy.yaml", "gold", "--units", "contacts=4", "--json"))
    assert (found["fee"], found["currency"]) == ("79000.00", "USD")
    prorated = "price: {greatest: [30.00 EUR per month], pro_rating: by_day}"
    file.write_text(whole.replace(stated, prorated))
    found = parsed(duly("price", "policy.yaml", "gold", "--days", "10/30", "--json"))
    assert (found["fee"], found["per"]) == ("10.00", "month")
    for wrong in (("--units", "contacts"), ("--days", "31/30"), ("--days", "ten")):
        assert duly("price", "policy.yaml", "gold", *wrong).exit_code == 2


def test_show_prints_a_page_in_three_formats(duly: Duly) -> None:
    assert "1 Urgent  8 business hours  every 2 hours" in duly("show", "policy.yaml").stdout
    assert "| 1 Urgent | 8 business hours | every 2 hours |" in duly(
        "show", "policy.yaml", "--format", "markdown"
    ).stdout  # fmt: skip
    assert '<th scope="row">1 Urgent</th>' in duly("show", "policy.yaml", "--format", "html").stdout


def test_show_of_a_plan_that_is_not_there(duly: Duly) -> None:
    result = duly("show", "policy.yaml", "--plan", "golden")
    assert result.exit_code == 2
    assert "did you mean `gold`?" in result.stderr


def test_schema_is_json(duly: Duly) -> None:
    assert parsed(duly("schema"))["title"] == "Duly support policy"


def test_check_lists_its_codes(duly: Duly) -> None:
    assert "zone-abbreviation" in duly("check", "--codes").stdout
