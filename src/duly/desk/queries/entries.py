"""What happened on a ticket, in order: messages, notes and events as one list for a screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from operator import attrgetter

from duly.desk.queries.attachments import File
from duly.desk.tickets.event import Event
from duly.desk.tickets.kinds import KINDS
from duly.desk.tickets.message import Message, Note

SPOKEN = frozenset({"opened", "replied", "noted"})
"""Events whose words stand in the list as messages and notes."""


@dataclass(frozen=True, slots=True)
class CameAs:
    """The mail that some words came as, and what is odd about it."""

    id: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A message, a note, or (`kind` names the event) something that happened; `who` is empty where time did it.

    `folded` is the end of the text that repeats earlier mails; `original` the message whose HTML is shown on its own;
    `mail` the mail that it came as, for those who may look at mails.
    """

    key: str
    at: datetime
    who: str
    text: str = ""
    folded: str = ""
    files: tuple[File, ...] = ()
    original: int | None = None
    has_remote_pictures: bool = False
    mail: CameAs | None = None
    is_note: bool = False
    is_from_agent: bool = False
    kind: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_message(self) -> bool:
        """Whether it is public words."""
        return not (self.kind or self.is_note)

    @property
    def is_happening(self) -> bool:
        """Whether it is an event without words of its own."""
        return bool(self.kind)


def entries(
    events: Iterable[Event],
    messages: Iterable[Message],
    notes: Iterable[Note] = (),
    *,
    names: Mapping[str, str],
    files: Mapping[str, tuple[File, ...]],
    mails: Mapping[str, CameAs] | None = None,
    internal: bool,
) -> tuple[Entry, ...]:
    """Put everything in order; without `internal`, events that the customer does not see are left out.

    `names` says what ids and keys in facts are called, e.g. ``priority:1`` is ``Urgent``; `files` and `mails` are by
    the key of their entry.
    """
    # Rows come in any order, and what was written in the same second keeps its own.
    said_in_order = sorted(messages, key=attrgetter("pk"))
    written = chain(map(_message, said_in_order), map(_note, sorted(notes, key=attrgetter("pk"))))
    said = (
        replace(entry, files=files.get(entry.key, ()), mail=(mails or {}).get(entry.key))
        for entry in written
    )
    happened = (
        happened_entry(event, names)
        for event in events
        if event.kind not in SPOKEN and (internal or KINDS[event.kind].is_public)
    )
    return tuple(sorted(chain(said, happened), key=lambda entry: entry.at))


def _message(row: Message) -> Entry:
    lines = row.text.split("\n")
    fold = len(lines) if row.folded_from is None else row.folded_from
    return Entry(
        key=f"m{row.pk}",
        at=row.written_at,
        who=str(row.author),
        text="\n".join(lines[:fold]),
        folded="\n".join(lines[fold:]),
        original=row.pk if row.html else None,
        has_remote_pictures=any(f'src="{start}' in row.html for start in ("http", "//")),
        is_from_agent=row.is_from_agent,
    )


def _note(row: Note) -> Entry:
    return Entry(
        key=f"n{row.pk}", at=row.written_at, who=str(row.author), text=row.text, is_note=True
    )


def happened_entry(event: Event, names: Mapping[str, str]) -> Entry:
    """Make the entry of an event; `names` as for `entries`."""
    facts = {
        name: names.get(f"{name}:{fact}", str(fact))
        for name, fact in event.facts.items()
        if fact is not None
    }
    return Entry(
        key=f"e{event.sequence}",
        at=event.at,
        who=str(event.person) if event.person else "",
        kind=event.kind,
        facts=facts,
    )
