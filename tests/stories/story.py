"""A story: one ticket under one small policy, told once through core and once through the desk."""

from abc import ABC, abstractmethod
from typing import Literal

from tests.stories.words import Told

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
escalation: {opens: first_response missed, invoked_by: customer, levels: [{title: Lead}, {title: Owner}]}
clauses:
  - {key: training, kind: excluded, text: Training is not support.}
"""
"""Nine to five in Berlin; the second Friday is a holiday. Urgent first answers count by the clock on the wall."""


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
    def clocks(self, at: str) -> list[Told]:
        """All cycles at an instant, by kind and cycle."""

    def ask(self, kind: str, at: str, cycle: int | None = None) -> str:
        """Say how a clock stands: the latest cycle unless one is named, and ``nothing`` where there is none."""
        told = [c for c in self.clocks(at) if c.kind == kind and cycle in (None, c.cycle)]
        return str(told[-1]) if told else "nothing"
