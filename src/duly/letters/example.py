"""An example of every letter that can leave the desk: a made-up ticket with made-up people, in any language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from duly.desk.mailroom.alarm import AlarmKind
from duly.desk.mailroom.letter import (
    About,
    Closing,
    Item,
    Letter,
    Promise,
    Reader,
    Signature,
    Trouble,
)
from duly.letters.way_in import WayIn

HOUR = timedelta(hours=1)
DETAILS = {AlarmKind.OUT_OF_REACH: "timed out", AlarmKind.SIGN_IN_ENDED: "Token was revoked."}
"""What a server said; of the other troubles it is a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Whose letters are wanted, and how their reader reads."""

    is_agent: bool
    language: str
    zone: str


def examples(side: Side, *, at: datetime, close_after_days: int | None) -> Mapping[str, Letter]:
    """The letters that a reader on one side of the desk gets, by a word for each occasion.

    A summary is about a ticket of its own; every number, name and word is made up.
    """
    with translation.override(side.language):
        occasions = _of_agents(at) if side.is_agent else _of_customers(at, close_after_days)
        letters = {word: _letter(side, about) for word, about in occasions}
        if not side.is_agent:
            letters["replied"] = replace(letters["replied"], left_out=(_("screen recording.mp4"),))
        summary = _about(_timed("level_opened", at, at - HOUR, level=1), due_at=at + HOUR)
        letters["summary"] = _letter(side, summary, is_summary=True)
        letters["replied"] = replace(letters["replied"], left_out=("recording.mp4",))
    if side.is_agent:
        troubles = tuple(_trouble(kind, at) for kind in AlarmKind)
        letters["troubles"] = _letter(side, None, troubles=troubles)
    return letters


def _of_customers(at: datetime, close_after_days: int | None) -> Iterator[tuple[str, About]]:
    yield from _opened(at)
    arrived = _about(Item(kind="opened", at=at, who=None))
    yield "arrived", replace(arrived, subject="")
    words = _("We found the cause and removed it: the report is whole again.")
    answered = Item(kind="replied", at=at, who="Anton", text=words)
    manager = Signature(name="Anton", title=_("Account manager"))
    yield "replied", _about(answered, due_at=at + 24 * HOUR, signed_by=manager)
    resolved = Item(kind="resolved", at=at, who="Anton")
    for word, is_put_off in (("resolved", False), ("resolved_owing", True)):
        closing = None
        if close_after_days:
            closing = Closing(at=at + timedelta(days=close_after_days), is_put_off=is_put_off)
        yield (
            word,
            _about(answered, resolved, closing=closing, rating_key="example", status="resolved"),
        )
    yield from _excluded(at)
    yield from _escalated(at)


def _of_agents(at: datetime) -> Iterator[tuple[str, About]]:
    yield from _opened(at)
    due_at = at + 24 * HOUR
    asked = _("It also concerns the report of last month.")
    yield "replied", _about(Item(kind="replied", at=at, who="Clara", text=asked), due_at=due_at)
    yield "assigned", _about(Item(kind="assigned", at=at, who="Lena"), due_at=due_at)
    yield "noted", _about(Item(kind="noted", at=at, who="Lena"), due_at=due_at)
    yield "reopened", _about(Item(kind="reopened", at=at, who="Clara"), due_at=due_at)
    for kind, soon in (("due_soon", at + HOUR), ("missed", at - HOUR)):
        yield kind, _about(_timed(kind, at, soon), due_at=soon)
    yield from _excluded(at)
    why = _("The change that you found was not ours.")
    objected = Item(kind="objected", at=at, who="Clara", clause=_clause(), text=why)
    yield "objected", _about(objected, due_at=due_at)
    yield from _escalated(at)


def _opened(at: datetime) -> Iterator[tuple[str, About]]:
    words = _("Since this morning the monthly report shows no rows.")
    opened = Item(kind="opened", at=at, who="Clara", text=words)
    yield "opened", _about(opened, due_at=at + 24 * HOUR)
    beyond = Item(kind="opened", at=at, who="Clara", text=words, allowances=("incidents",))
    yield "opened_beyond", _about(beyond, due_at=at + 24 * HOUR, is_binding=False)
    used_up = Item(kind="used_up", at=at, who=None, allowances=("incidents", "guidance"))
    yield "used_up", _about(used_up, due_at=at + 24 * HOUR)


def _excluded(at: datetime) -> Iterator[tuple[str, About]]:
    for word, is_withdrawn in (("excluded", False), ("excluded_withdrawn", True)):
        item = Item(kind="excluded", at=at, who="Lena", clause=_clause(), is_withdrawn=is_withdrawn)
        yield word, _about(item, due_at=at + 24 * HOUR if is_withdrawn else None)


def _escalated(at: datetime) -> Iterator[tuple[str, About]]:
    due_at = at + 24 * HOUR
    yield "level_opened", _about(Item(kind="level_opened", at=at, who=None, level=1), due_at=due_at)
    escalated = Item(kind="escalated", at=at, who="Clara", level=1)
    yield "escalated", _about(escalated, due_at=due_at)


def _clause() -> str:
    return _("changes by the customer")


def _timed(kind: str, at: datetime, due_at: datetime, level: int | None = None) -> Item:
    return Item(kind=kind, at=at, who=None, clock="resolution", due_at=due_at, level=level)


def _about(
    *items: Item,
    due_at: datetime | None = None,
    is_binding: bool = True,
    status: str = "open",
    signed_by: Signature | None = None,
    closing: Closing | None = None,
    rating_key: str | None = None,
) -> About:
    target = "24 hours" if is_binding else "suggested 24 hours"
    promise = Promise(clock="resolution", target=target, due_at=due_at, is_binding=is_binding)
    return About(
        ticket_id=0,
        number=4711,
        subject=_("Example: the report is empty"),
        status=status,
        items=items,
        promises=(promise,) if due_at else (),
        signed_by=signed_by,
        closing=closing,
        rating_key=rating_key,
    )


def _trouble(kind: AlarmKind, at: datetime) -> Trouble:
    return Trouble(
        mailbox_id=0,
        mailbox="help@desk.example",
        kind=kind.value,
        detail=DETAILS.get(kind, "2"),
        since=at - HOUR,
    )


def _letter(
    side: Side,
    about: About | None,
    *,
    is_summary: bool = False,
    troubles: tuple[Trouble, ...] = (),
) -> Letter:
    return Letter(
        delivery_id=0,
        message_id="example",
        attempt=1,
        reader=_reader(side),
        is_summary=is_summary,
        about=(about,) if about else (),
        troubles=troubles,
        reply_to=None if is_summary or troubles else "desk+example@desk.example",
    )


def ways_in(side: Side, *, desk: str) -> Mapping[str, WayIn]:
    """The letters that lead to a password, by a word for each occasion; `desk` is the address of its pages."""
    link = f"{desk}/account/password/reset/key/example/"
    forgotten = WayIn(occasion="forgotten", reader=_reader(side), desk=desk, link=link)
    organisation = "" if side.is_agent else "Customer Ltd"
    return {
        "invited": replace(forgotten, occasion="invited", who="Lena", organisation=organisation),
        "moved": replace(forgotten, occasion="moved", who="Lena", link=""),
        "forgotten": forgotten,
    }


def _reader(side: Side) -> Reader:
    name, email = (
        ("Anton", "anton@desk.example") if side.is_agent else ("Clara", "clara@customer.example")
    )
    return Reader(
        name=name, email=email, zone=side.zone, language=side.language, is_agent=side.is_agent
    )
