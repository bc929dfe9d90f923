import pytest

from duly.core import events, history, instant
from duly.core.events import Facts

AT = instant.parse("2026-10-23T16:00+02:00")
TEXT = "2026-10-23T14:00:00Z"

BOTH = [
    (
        {
            "event": "opened",
            "binding": "gold",
            "priority": "1",
            "channel": "email",
            "flags": ["eu", "vip"],
        },
        events.Opened(
            at=AT,
            binding="gold",
            priority="1",
            facts=Facts(channel="email", flags=frozenset({"vip", "eu"})),
        ),
    ),
    ({"event": "opened", "binding": "gold"}, events.Opened(at=AT, binding="gold")),
    (
        {"event": "prioritised", "priority": "2", "by": "customer", "region": "emea"},
        events.Prioritised(at=AT, priority="2", by="customer", facts=Facts(region="emea")),
    ),
    (
        {"event": "replied", "by": "agent", "via": "phone"},
        events.Replied(at=AT, by="agent", via="phone"),
    ),
    ({"event": "noted"}, events.Noted(at=AT)),
    ({"event": "updated"}, events.Updated(at=AT)),
    ({"event": "waiting", "on": "customer"}, events.WaitingBegan(at=AT, on="customer")),
    ({"event": "resumed"}, events.Resumed(at=AT)),
    ({"event": "resumed", "on": "third_party"}, events.Resumed(at=AT, on="third_party")),
    ({"event": "marked", "as": "workaround"}, events.Marked(at=AT, mark="workaround")),
    ({"event": "resolved", "by": "customer"}, events.Resolved(at=AT, by="customer")),
    ({"event": "reopened", "by": "agent"}, events.Reopened(at=AT, by="agent")),
    ({"event": "closed"}, events.Closed(at=AT)),
    ({"event": "escalated", "level": 2}, events.Escalated(at=AT, level=2)),
    (
        {"event": "excluded", "cause": "third_party", "withdrawn": True},
        events.Excluded(at=AT, cause="third_party", withdrawn=True),
    ),
    ({"event": "merged", "into": "17"}, events.Merged(at=AT, into="17")),
    ({"event": "moved", "binding": "silver"}, events.Moved(at=AT, binding="silver")),
    ({"event": "spent", "minutes": 30}, events.Spent(at=AT, minutes=30)),
]


@pytest.mark.parametrize(("plain", "event"), BOTH)
def test_an_event_reads_from_its_plain_form_and_is_written_back(
    plain: dict[str, object], event: events.Event
) -> None:
    assert history.read({"at": "2026-10-23T16:00+02:00", **plain}) == event
    assert history.write(event) == {"at": TEXT, **plain}


def test_every_event_has_a_plain_form_here() -> None:
    assert {type(event) for _, event in BOTH} == set(events.NAMES.values())


def test_a_number_is_a_priority() -> None:
    event = history.read({"at": TEXT, "event": "prioritised", "priority": 2})
    assert event == events.Prioritised(at=AT, priority="2")


@pytest.mark.parametrize(
    ("plain", "message"),
    [
        ({}, "event is None; known are opened, prioritised"),
        ({"event": "replyed"}, "event is 'replyed'"),
        ({"event": "noted", "at": None}, "noted: at is None; write an instant with an offset"),
        (
            {"event": "noted", "at": "2026-10-23T16:00"},
            "noted: at: 2026-10-23T16:00:00 has no offset",
        ),
        ({"event": "replied"}, "replied: by is missing"),
        (
            {"event": "replied", "by": "robot"},
            "replied: by is 'robot'; write one of agent, customer",
        ),
        ({"event": "noted", "text": "hi"}, "noted: unknown text; known are at"),
        ({"event": "escalated", "level": True}, "escalated: level is True; write a whole number"),
        ({"event": "excluded", "cause": "x", "withdrawn": "y"}, "write a yes or no"),
        ({"event": "waiting", "on": ["customer"]}, "waiting: on is \\['customer'\\]; write a text"),
        (
            {"event": "opened", "binding": "g", "flags": "vip"},
            "opened: flags is 'vip'; write a list",
        ),
    ],
)
def test_what_is_no_event_is_told(plain: dict[str, object], message: str) -> None:
    with pytest.raises(history.EventError, match=message):
        history.read({"at": TEXT, **plain})
