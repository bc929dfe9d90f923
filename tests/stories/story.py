"""A story: one ticket under one small policy, told once through core and once through the desk."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any, Literal

from duly.core.allowance import Minutes
from tests.stories.words import Told, said

POLICY = """
duly: 1
policy: stories
version: "1"
effective: 2026-01-01
priorities: {levels: [{key: 1, name: Urgent}, {key: 2, name: Normal}, {key: 3, name: Low}]}
calendars: {office: {zone: Europe/Berlin, week: {mon-fri: "09:00-17:00"}, holidays: [2026-10-16]}}
rules: {business_day: end_of_nth_day}
plans:
  basic:
    name: Basic
    hours: office
    targets:
      first_response: {1: 2 hours, 2: 4 business hours, 3: next business day}
      next_response: {1: 2 business hours, 2: 8 business hours, 3: none}
      update: {1: every 4 business hours, 2: none, 3: none}
      workaround: {1: 8 business hours, 2: none, 3: none}
      resolution: {1: 16 business hours, 2: 3 business days, 3: best effort}
    allowances: {guidance: 4 hours per ticket}
  swift:
    name: Swift
    base: basic
    targets: {first_response: {2: 2 business hours}}
  patient:
    name: Patient
    base: basic
    rules: {priority_change: from_start, reopen: restart, pauses: {resolution: [customer, third_party, shipment]}}
    targets: {root_cause: {1: 3 business days, 2: none, 3: none}}
  abroad:
    name: Abroad
    base: basic
    targets: {first_response: {2: 4 business hours on customer}}
escalation: {opens: first_response missed, invoked_by: customer, levels: [{title: Lead}, {title: Owner}]}
clauses:
  - {key: training, kind: excluded, text: Training is not support.}
"""
"""Nine to five in Berlin; the second Friday is a holiday. Urgent first answers count by the clock on the wall.

Stories play on the plan `basic` unless they name another. Of the others `swift` answers sooner, `patient` pauses for
more and counts changes from the start, and `abroad` answers in the customer's own hours.
"""

TOKYO = {"zone": "Asia/Tokyo", "week": {"mon-fri": "09:00-18:00"}, "holidays": ["2026-10-13"]}
"""The customer's hours: 02:00 to 11:00 in Berlin, and the second Tuesday is a holiday there."""


def held(plan: str) -> dict[str, Any]:
    """What the customer of a story holds."""
    return {"plan": plan} | ({"calendars": {"customer": TOKYO}} if plan == "abroad" else {})


class Story(ABC):
    """What can happen, told in the order of time; `ask` looks at an instant that nothing told so far is after."""

    @abstractmethod
    def agent_replies(self, at: str, then: Literal["wait", "resolve"] | None = None) -> None: ...

    @abstractmethod
    def customer_replies(self, at: str) -> None: ...

    @abstractmethod
    def agent_notes(self, at: str) -> None: ...

    @abstractmethod
    def waits(self, at: str, on: str) -> None: ...

    @abstractmethod
    def resumes(self, at: str) -> None: ...

    @abstractmethod
    def prioritised(self, at: str, priority: str) -> None: ...

    @abstractmethod
    def resolved(self, at: str, by: Literal["agent", "customer"] = "agent") -> None: ...

    @abstractmethod
    def reopened(self, at: str, by: Literal["agent", "customer"] = "customer") -> None: ...

    @abstractmethod
    def closed(self, at: str) -> None: ...

    @abstractmethod
    def marked(self, at: str, mark: str) -> None: ...

    @abstractmethod
    def escalated(self, at: str, level: int) -> None: ...

    @abstractmethod
    def excluded(self, at: str) -> None: ...

    @abstractmethod
    def objected(self, at: str) -> None: ...

    @abstractmethod
    def exclusion_withdrawn(self, at: str) -> None: ...

    @abstractmethod
    def merged(self, at: str) -> None: ...

    @abstractmethod
    def unmerged(self, at: str) -> None: ...

    @abstractmethod
    def moved(self, at: str, plan: str) -> None: ...

    @abstractmethod
    def guided(self, at: str, minutes: int) -> None: ...

    @abstractmethod
    def guidance(self, at: str) -> Minutes:
        """How the minutes of guidance stand."""

    @abstractmethod
    def levels(self, at: str) -> list[tuple[int, datetime]]:
        """The levels of the escalation that have opened, and when."""

    @abstractmethod
    def clocks(self, at: str) -> list[Told]:
        """All cycles at an instant, by kind and cycle."""

    def open_levels(self, at: str) -> str:
        """Say which levels of the escalation have opened."""
        opened = [f"level {level} since {said(since)}" for level, since in self.levels(at)]
        return ", ".join(opened) or "nothing"

    def guidance_left(self, at: str) -> str:
        """Say how many minutes of guidance are covered, and how many go beyond."""
        stands = self.guidance(at)
        return f"{stands.covered} of {stands.limit} min, {stands.over} beyond"

    def ask(self, kind: str, at: str, cycle: int | None = None) -> str:
        """Say how a clock stands: the latest cycle unless one is named, and ``nothing`` where there is none."""
        told = [c for c in self.clocks(at) if c.kind == kind and cycle in (None, c.cycle)]
        return str(told[-1]) if told else "nothing"
