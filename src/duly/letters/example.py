"""An example of the letter about each matter: a made-up ticket with made-up people, in any language."""

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from duly.desk.mailroom.letter import About, Closing, Item, Letter, Promise, Reader, Signature
from duly.desk.mailroom.matter import Matter

HOUR = timedelta(hours=1)
DUE = {Matter.DUE_SOON: HOUR, Matter.MISSED: -HOUR}
"""How long after the letter the example's promise is due, where the letter is about that."""
ADDRESSES = {False: "clara@customer.example", True: "anton@desk.example"}


def example(
    matter: Matter,
    *,
    is_agent: bool,
    language: str,
    zone: str,
    at: datetime,
    close_after_days: int | None,
) -> Letter:
    """The letter that a reader on one side of the desk gets; every number, name and word in it is made up.

    What a customer is answered resolves the ticket, so that all is seen that may follow: when it closes by itself, and
    the question how the help was.
    """
    resolves = matter is Matter.ANSWERED and not is_agent
    closes_at = at + timedelta(days=close_after_days) if close_after_days else None
    with translation.override(language):
        about = About(
            ticket_id=0,
            number=4711,
            subject=_("Example: the report is empty"),
            status="resolved" if resolves else "open",
            items=(_item(matter, at, is_agent=is_agent), *(_resolved(at) if resolves else ())),
            promises=() if resolves else (_promise(matter, at),),
            signed_by=_signature(matter, is_agent=is_agent),
            closing=Closing(at=closes_at, is_put_off=False) if resolves and closes_at else None,
            rating_key="example" if resolves else None,
        )
    reader = Reader(
        name="Anton" if is_agent else "Clara",
        email=ADDRESSES[is_agent],
        zone=zone,
        language=language,
        is_agent=is_agent,
    )
    return Letter(
        delivery_id=0,
        message_id="example",
        attempt=1,
        reader=reader,
        is_summary=False,
        about=(about,),
        reply_to="desk+example@desk.example",
    )


def _promise(matter: Matter, at: datetime) -> Promise:
    due_at = at + DUE.get(matter, 24 * HOUR)
    return Promise(clock="resolution", target="24 hours", due_at=due_at, is_binding=True)


def _resolved(at: datetime) -> tuple[Item]:
    return (Item(kind="resolved", at=at, who="Anton"),)


def _signature(matter: Matter, *, is_agent: bool) -> Signature | None:
    if is_agent or matter is not Matter.ANSWERED:
        return None
    return Signature(name="Anton", title=_("Account manager"))


def _item(matter: Matter, at: datetime, *, is_agent: bool) -> Item:
    opening = _("Since this morning the monthly report shows no rows.")
    asked = _("It also concerns the report of last month.")
    answered = _("We found the cause and removed it: the report is whole again.")
    return {
        Matter.OPENED: Item(kind="opened", at=at, who="Clara", text=opening),
        Matter.ANSWERED: Item(kind="replied", at=at, who="Clara", text=asked)
        if is_agent
        else Item(kind="replied", at=at, who="Anton", text=answered),
        Matter.ASSIGNED: Item(kind="assigned", at=at, who="Lena"),
        Matter.DUE_SOON: _timed("due_soon", at, at + DUE[Matter.DUE_SOON]),
        Matter.MISSED: _timed("missed", at, at + DUE[Matter.MISSED]),
        Matter.ESCALATED: Item(kind="escalated", at=at, who="Clara", level=1)
        if is_agent
        else Item(kind="level_opened", at=at, who=None, level=1),
        Matter.USED_UP: Item(kind="used_up", at=at, who=None, allowances=(_("incidents"),)),
    }[matter]


def _timed(kind: str, at: datetime, due_at: datetime) -> Item:
    return Item(kind=kind, at=at, who=None, clock="resolution", due_at=due_at)
