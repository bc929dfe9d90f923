"""The plan page: everything a customer must know, defaults shown, silence said, nothing executed."""

from html.parser import HTMLParser

from duly.policy import read
from duly.policy.page import html, markdown, text
from duly.policy.page.build import page
from duly.policy.page.model import MARKS

POLICY = """\
duly: 1
policy: example
version: "1"
effective: unknown
known_since: 2026-01-01
title: <b>Support</b> & *more*
provider: Example
documents: [{url: "javascript:alert(1)"}, {url: "https://example.org/support", seen: 2026-01-02}]
calendars:
  office: {zone: Europe/Berlin, week: {mon-thu: [09:00-12:00, 13:00-17:00], sat: 22:00-02:00}, holidays: {country: DE, also: [12-24]}}
  other: {zone: UTC, week: {daily: 00:00-24:00}, holidays: unknown}
  never: {complement: office}
choices: {window: {label: Window, of: [office, other]}}
rules: {pauses: {resolution: [customer, third_party]}, reopen: restart}
priorities: {label: Severity, default: {email: 2}, levels: [{key: 1, name: Urgent, definition: Down.}, 2, 3]}
plans:
  basic:
    name: Basic
    price: included
    hours: office
    priorities: [1, 2]
    targets:
      first_response:
        1: [{within: 30 minutes, when: {channel: phone, during: never}}, {within: 1 business hour}]
        2: none
    allowances: {incidents: {limit: 4, per: month, beyond: charge}}
  gold:
    base: basic
    hours: {1: always, otherwise: window}
    targets: {first_response: {2: suggested 2 business days}, update: {1: every 2 hours}}
    credits: [{when: missed first_response over 4 per quarter, percent: 20, of: quarterly_fee, claim_within: 30 days}]
addons: {weekend: {name: Weekend, to: [gold], price: by contract}}
escalation: {opens: first_response missed, levels: [{title: Manager}]}
intake: {fields: [started_at]}
clauses: [{key: own, kind: excluded, text: "No | pipes <script>alert(1)</script>"}]
terms: {reduction: forbidden}
sources:
  plans.basic.price: {inferred: "a dash & a note"}
  plans.basic.targets.first_response.1: {recovered: elsewhere}
  plans.gold.people: {unknown: nobody is named}
"""  # noqa: E501


def as_text(plan: str | None = None) -> str:
    return text.render(page(read(POLICY), plan), 200)


def test_promises_are_a_table_with_gates_in_words() -> None:
    said = as_text("gold")
    assert "30 minutes when channel is phone and during never; 1 business hour [recovered]" in said
    assert "suggested 2 business days" in said
    assert "every 2 hours" in said


def test_a_level_whose_name_is_its_key_is_named_once() -> None:
    same = POLICY.replace(
        "{key: 1, name: Urgent, definition: Down.}, 2,", "{key: urgent, name: Urgent}, 2,"
    )
    same = (
        same.replace("{1: always", "{urgent: always")
        .replace("1: every", "urgent: every")
        .replace("        1: [", "        urgent: [")
    )
    same = same.replace("priorities: [1, 2]", "priorities: [urgent, 2]").replace(
        "first_response.1:", "first_response.urgent:"
    )
    said = text.render(page(read(same), "gold"), 200)
    assert "urgent Urgent" not in said
    assert "Hours for Urgent  round the clock, every day" in said


def test_silence_is_said() -> None:
    said = as_text("gold")
    assert "not stated [unknown]" in said  # updates of level 2
    assert "plans.gold.people  nobody is named" in said
    assert "whether holidays are taken out is not known" in said
    assert "unknown, known since 1 January 2026" in said


def test_no_promise_is_not_the_same_as_silence() -> None:
    assert "no promise" in as_text("basic")


def test_every_rule_is_shown_with_its_default() -> None:
    said = as_text("gold")
    assert "ends with the hours of that day [default]" in said
    assert "counts from the day it arrives [default]" in said
    assert "the time to resolution starts again" in said
    assert "the customer or third parties (Resolution)" in said


def test_calendars_are_told_in_words() -> None:
    said = as_text()
    assert (
        "Mon-Thu 09:00-12:00 and 13:00-17:00; Sat 22:00-02:00 the next day (Europe/Berlin)" in said
    )
    assert "without the public holidays of DE and 24 December" in said
    assert "whenever office is closed, holidays included" in said
    assert "one of office, other, as the customer chooses" in said
    assert "round the clock, every day" in said


def test_only_what_concerns_the_plan_is_shown() -> None:
    assert "Weekend" in as_text("gold")
    assert "Weekend" not in as_text("basic")
    rows = [line for line in as_text("basic").splitlines() if line.startswith("3")]
    assert len(rows) == 1  # among the definitions, not among the promises


def test_the_legend_explains_every_mark() -> None:
    said = as_text()
    assert all(meaning in said for meaning in MARKS.values())


def test_values_know_their_layer() -> None:
    built = html.render(page(read(POLICY), "gold"))
    assert 'title="base plan basic — a dash &amp; a note"' in built


def test_html_escapes_what_the_policy_says() -> None:
    built = html.render(page(read(POLICY)))
    assert "<h1>&lt;b&gt;Support&lt;/b&gt; &amp; *more*</h1>" in built
    assert "<script>" not in built
    assert 'href="javascript' not in built
    assert 'href="https://example.org/support"' in built


def test_html_is_well_formed() -> None:
    class Balance(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag != "meta":
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    balance = Balance()
    balance.feed(html.render(page(read(POLICY))))
    assert balance.open == []


def test_markdown_escapes_what_the_policy_says() -> None:
    built = markdown.render(page(read(POLICY)))
    assert built.startswith("# \\<b\\>Support\\</b\\> & \\*more\\*\n")
    assert "No \\| pipes" in built
    assert "<script>" not in built


def test_text_keeps_within_the_width() -> None:
    narrow = text.render(page(read(POLICY)), 72)
    assert max(map(len, narrow.splitlines())) <= 100
