"""What stands around a ticket for those who work on it: who is there, what else the customer waits for, how it went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duly.core.attainment import Share
from duly.core.clock.values import State
from duly.desk.access.actor import Actor
from duly.desk.agreements.intake import intake_of
from duly.desk.queries.around_rows import rows_around
from duly.desk.queries.attachments import File
from duly.desk.queries.entries import CameAs
from duly.desk.queries.fields import Filled, filled
from duly.desk.tickets.attachment import place_of
from duly.desk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who works on tickets."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Present:
    """Another agent who has the ticket open now, and what they do there: ``looking``, ``writing`` or ``sending``."""

    id: int
    name: str
    does: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that waits for its words to be sent; `key` is its SHA-256."""

    key: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Begun:
    """What the reader has begun to write, with the files that are kept with it."""

    text: str = ""
    files: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """The reader's own reply on its way out; without `leaves_at` it could not leave, and `problem` says why."""

    text: str
    files: tuple[Kept, ...]
    leaves_at: datetime | None
    problem: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another unfinished ticket of the same customer."""

    number: int
    subject: str


@dataclass(frozen=True, slots=True)
class Stated:
    """Something with its label: the answer to what a form asks, a person with the title that the plan gives them."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """`kept` counts the binding promises on the customer's latest tickets; `clauses` are as the policy writes them."""

    tags: tuple[str, ...]
    followers: tuple[Agent, ...]
    merged_into: int | None
    clauses: tuple[Mapping[str, Any], ...]
    agents: tuple[Agent, ...]
    mentionable: tuple[Agent, ...]
    teams: tuple[tuple[int, str], ...]
    drafts: Mapping[str, Begun]
    files: Mapping[str, tuple[File, ...]]
    mails: Mapping[str, CameAs]
    pending: Pending | None
    present: tuple[Present, ...]
    others: tuple[Other, ...]
    kept: Share
    named: tuple[Stated, ...]
    told: tuple[Stated, ...]
    fields: tuple[Filled, ...]
    names: Mapping[str, str]
    """What people, teams, fields and their values in the facts of events are called."""


def around(actor: Actor, row: Ticket, at: datetime) -> Around:
    """Read it for a ticket whose inside the actor sees. One statement."""
    found = rows_around(actor, row, at)
    intake = intake_of(row.binding_id)
    titles = {place.key: place.title for place in intake.places}
    labels = {question.key: question.label for question in intake.questions}
    return Around(
        tags=tuple(found["tag_names"]),
        followers=_people(found["following"]),
        merged_into=found["into"],
        clauses=tuple(found["clauses"] or ()),
        agents=_people(found["agents"]),
        mentionable=_people(found["mentionable"]),
        teams=tuple((each["id"], each["name"]) for each in found["teams"]),
        drafts={
            each["of"]: Begun(each["text"], _kept_files(each["files"]))
            for each in found["draft_texts"]
        },
        files=_files(found["files"]),
        mails={
            _key(each): CameAs(each["id"], tuple(each["labels"]))
            for each in found["mails"]
            if _key(each)
        },
        pending=_pending(found["own"]),
        present=_present(found),
        others=tuple(Other(each["number"], each["subject"]) for each in found["others"]),
        kept=_kept(found["settled"]),
        named=tuple(
            Stated(titles[each["place"]], each["name"] or each["email"])
            for each in found["named"]
            if each["place"] in titles
        ),
        told=tuple(Stated(labels.get(a["key"], a["key"]), a["text"]) for a in found["told"]),
        fields=filled(found["fields"], found["values"]),
        names=_names(found),
    )


def _names(found: Mapping[str, Any]) -> dict[str, str]:
    names = {f"assignee:{one.id}": one.name for one in _people(found["agents"])}
    names |= {f"team:{each['id']}": each["name"] for each in found["teams"]}
    names |= {f"field:{each['id']}": each["name"] for each in found["fields"]}
    return names | {f"value:{each['id']}": each["text"] for each in found["values"]}


def _people(rows: Iterable[Mapping[str, Any]]) -> tuple[Agent, ...]:
    return tuple(Agent(each["id"], each["name"] or each["email"]) for each in rows)


def _present(found: Mapping[str, Any]) -> tuple[Present, ...]:
    does = {each["id"]: "writing" for each in found["writing"]}
    does |= {each["id"]: "sending" for each in found["sending"]}
    people = {one.id: one for one in _people([*found["looking"], *found["sending"]])}
    return tuple(Present(one.id, one.name, does.get(one.id, "looking")) for one in people.values())


def _pending(rows: Iterable[Mapping[str, Any]]) -> Pending | None:
    for row in rows:
        leaves_at = datetime.fromisoformat(row["leaves_at"]) if row["leaves_at"] else None
        return Pending(row["text"], _kept_files(row["files"]), leaves_at, row["problem"])
    return None


def _kept_files(rows: Iterable[Mapping[str, Any]]) -> tuple[Kept, ...]:
    return tuple(Kept(row["content"], row["name"], row["size"]) for row in rows)


def _kept(rows: Iterable[Mapping[str, Any]]) -> Share:
    counts = {row["state"]: row["count"] for row in rows}
    return Share(counts.get(State.MET.value, 0), sum(counts.values()))


def _files(rows: Iterable[Mapping[str, Any]]) -> Mapping[str, tuple[File, ...]]:
    found: dict[str, tuple[File, ...]] = {}
    for row in rows:
        file = File(
            id=row["id"],
            name=row["name"],
            size=row["size"],
            media_type=row["media_type"],
            place=place_of(row["sha256"]),
        )
        found[_key(row)] = (*found.get(_key(row), ()), file)
    return found


def _key(row: Mapping[str, Any]) -> str:
    """The key of the entry whose words a row belongs to."""
    if row["message"]:
        return f"m{row['message']}"
    return f"n{row['note']}" if row["note"] else ""
