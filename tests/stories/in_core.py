"""Stories told through core alone: events, terms, a fold."""

from datetime import datetime
from functools import cache
from typing import Literal

from duly.core import instant
from duly.core.clock.fold import fold
from duly.core.events import (
    Closed,
    Event,
    Noted,
    Opened,
    Prioritised,
    Reopened,
    Replied,
    Resolved,
    Resumed,
    WaitingBegan,
)
from duly.core.terms import Terms
from duly.policy import bind, read, subscription
from tests.stories.story import POLICY, Story
from tests.stories.words import Told, when


@cache
def terms() -> Terms:
    return bind(read(POLICY), subscription({"plan": "basic"}))


class CoreStory(Story):
    def __init__(self, at: str, priority: str | None = None) -> None:
        self.history: list[Event] = [Opened(at=second(at), binding="b", priority=priority)]

    def agent_replies(self, at: str, then: Literal["wait", "resolve"] | None = None) -> None:
        self.history.append(Replied(at=second(at), by="agent"))
        if then == "wait":
            self.waits(at, "customer")
        if then == "resolve":
            self.resolved(at)

    def customer_replies(self, at: str) -> None:
        self.history.append(Replied(at=second(at), by="customer"))

    def agent_notes(self, at: str) -> None:
        self.history.append(Noted(at=second(at)))

    def waits(self, at: str, on: str) -> None:
        self.history.append(WaitingBegan(at=second(at), on=on))

    def resumes(self, at: str) -> None:
        self.history.append(Resumed(at=second(at)))

    def prioritised(self, at: str, priority: str) -> None:
        self.history.append(Prioritised(at=second(at), priority=priority))

    def resolved(self, at: str, by: Literal["agent", "customer"] = "agent") -> None:
        self.history.append(Resolved(at=second(at), by=by))

    def reopened(self, at: str, by: Literal["agent", "customer"] = "customer") -> None:
        self.history.append(Reopened(at=second(at), by=by))

    def closed(self, at: str) -> None:
        self.history.append(Closed(at=second(at)))

    def clocks(self, at: str) -> list[Told]:
        return [
            Told(
                kind=clock.kind.value,
                cycle=clock.cycle,
                state=clock.state.value,
                due_at=aware(clock.due_at),
                met_at=aware(clock.met_at),
                ended_at=aware(clock.ended_at),
                remaining_seconds=clock.remaining_seconds,
            )
            for clock in fold(self.history, {"b": terms()}, second(at)).clocks
        ]


def second(words: str) -> int:
    return instant.from_datetime(when(words))


def aware(at: int | None) -> datetime | None:
    return None if at is None else instant.to_datetime(at)
