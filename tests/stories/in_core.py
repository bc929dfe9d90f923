"""Stories told through core alone: events, terms, a fold."""

from datetime import datetime
from functools import cache
from typing import Literal

from duly.core import instant
from duly.core.allowance import Minutes, minutes_used
from duly.core.clock.fold import fold
from duly.core.clock.values import Fold
from duly.core.events import (
    Closed,
    Escalated,
    Event,
    Excluded,
    Marked,
    Merged,
    Moved,
    Noted,
    Opened,
    Prioritised,
    Reopened,
    Replied,
    Resolved,
    Resumed,
    Spent,
    WaitingBegan,
)
from duly.core.terms import Terms
from duly.policy import bind, read, subscription
from tests.stories.story import POLICY, Story, held
from tests.stories.words import Told, when


@cache
def terms(plan: str) -> Terms:
    return bind(read(POLICY), subscription(held(plan)))


class CoreStory(Story):
    def __init__(
        self,
        at: str,
        priority: str | None = None,
        plan: str = "basic",
        by: Literal["customer", "agent"] = "customer",
    ) -> None:
        self.plans = {plan}
        opened = Opened(at=second(at), binding=plan, priority=priority, by=by)
        self.history: list[Event] = [opened]

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

    def marked(self, at: str, mark: str) -> None:
        self.history.append(Marked(at=second(at), mark=mark))

    def escalated(self, at: str, level: int) -> None:
        self.history.append(Escalated(at=second(at), level=level))

    def excluded(self, at: str) -> None:
        self.history.append(Excluded(at=second(at), cause="training"))

    def objected(self, at: str) -> None:
        """Nothing: an objection moves no clock, whatever is decided about it."""

    def exclusion_withdrawn(self, at: str) -> None:
        self.history.append(Excluded(at=second(at), cause="training", withdrawn=True))

    def merged(self, at: str) -> None:
        self.history.append(Merged(at=second(at), into="another"))

    def unmerged(self, at: str) -> None:
        """A merge taken back counts as if it had never been."""
        self.history = [event for event in self.history if not isinstance(event, Merged)]

    def moved(self, at: str, plan: str) -> None:
        self.plans.add(plan)
        self.history.append(Moved(at=second(at), binding=plan))

    def guided(self, at: str, minutes: int) -> None:
        self.history.append(Spent(at=second(at), minutes=minutes, on="guidance"))

    def guidance(self, at: str) -> Minutes:
        allowance = terms("basic").allowances["guidance"]
        return minutes_used(allowance, "guidance", [self.history], second(at))

    def levels(self, at: str) -> list[tuple[int, datetime]]:
        return [(level.level, instant.to_datetime(level.at)) for level in self.fold(at).available]

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
            for clock in self.fold(at).clocks
        ]

    def fold(self, at: str) -> Fold:
        return fold(self.history, {plan: terms(plan) for plan in self.plans}, second(at))


def second(words: str) -> int:
    return instant.from_datetime(when(words))


def aware(at: int | None) -> datetime | None:
    return None if at is None else instant.to_datetime(at)
