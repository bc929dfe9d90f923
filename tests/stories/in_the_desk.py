"""Stories told through the desk: people call actions, time wakes tickets, rows are read."""

from typing import Literal

from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.resume import resume
from duly.desk.actions.tickets.wait import wait
from duly.desk.actions.tickets.wake import wake
from duly.desk.clocks.clock import Clock
from tests.desk.people import Cast
from tests.desk.policies import published, subscribed
from tests.stories.story import POLICY, Story
from tests.stories.words import Told, when


class DeskStory(Story):
    def __init__(self, people: Cast, at: str, priority: str | None) -> None:
        subscribed(people, published(people, POLICY))
        self.agent, self.contact = people.actor("agent"), people.actor("contact")
        self.ticket_id = open_ticket(
            actor=self.contact, subject="A story", text="Begins.", priority=priority, at=when(at)
        ).pk

    def agent_replies(self, at: str, then: Literal["wait", "resolve"] | None = None) -> None:
        reply(actor=self.agent, ticket_id=self.ticket_id, text="Yes.", then=then, at=when(at))

    def customer_replies(self, at: str) -> None:
        reply(actor=self.contact, ticket_id=self.ticket_id, text="And?", at=when(at))

    def agent_notes(self, at: str) -> None:
        note(actor=self.agent, ticket_id=self.ticket_id, text="Hm.", at=when(at))

    def waits(self, at: str, on: str) -> None:
        wait(actor=self.agent, ticket_id=self.ticket_id, on=on, at=when(at))

    def resumes(self, at: str) -> None:
        resume(actor=self.agent, ticket_id=self.ticket_id, at=when(at))

    def prioritised(self, at: str, priority: str) -> None:
        prioritise(actor=self.agent, ticket_id=self.ticket_id, priority=priority, at=when(at))

    def resolved(self, at: str, by: Literal["agent", "customer"] = "agent") -> None:
        actor = self.agent if by == "agent" else self.contact
        resolve(actor=actor, ticket_id=self.ticket_id, at=when(at))

    def reopened(self, at: str, by: Literal["agent", "customer"] = "customer") -> None:
        actor = self.agent if by == "agent" else self.contact
        reopen(actor=actor, ticket_id=self.ticket_id, at=when(at))

    def closed(self, at: str) -> None:
        close(actor=self.agent, ticket_id=self.ticket_id, at=when(at))

    def clocks(self, at: str) -> list[Told]:
        while wake(at=when(at)):
            pass
        return [
            Told(
                kind=row.kind,
                cycle=row.cycle,
                state=row.state,
                due_at=row.due_at,
                met_at=row.met_at,
                ended_at=row.ended_at,
                remaining_seconds=row.remaining_seconds,
            )
            for row in Clock.objects.filter(ticket=self.ticket_id).order_by("kind", "cycle")
        ]
