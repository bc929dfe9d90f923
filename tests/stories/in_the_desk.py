"""Stories told through the desk: people call actions, time wakes tickets, rows are read."""

from datetime import datetime
from typing import Literal

from duly.core.allowance import Minutes
from duly.desk.actions.agreements.move import move
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.escalate import escalate
from duly.desk.actions.tickets.exclude import exclude, withdraw_exclusion
from duly.desk.actions.tickets.mark import mark as mark_reached
from duly.desk.actions.tickets.merge import merge, unmerge
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.object import object_to_exclusion
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.resume import resume
from duly.desk.actions.tickets.spend import spend
from duly.desk.actions.tickets.wait import wait
from duly.desk.actions.tickets.wake import wake
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.clocks.clock import Clock
from duly.desk.tickets.allowances import minutes_used
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.once import once
from tests.desk.people import Cast
from tests.desk.policies import published, subscribed
from tests.stories.story import POLICY, Story, held
from tests.stories.words import Told, when


class DeskStory(Story):
    def __init__(
        self,
        people: Cast,
        at: str,
        priority: str | None,
        plan: str,
        by: Literal["customer", "agent"],
    ) -> None:
        self.subscription = once(
            (people.owner.pk, plan),
            lambda: subscribed(people, published(people, POLICY), **held(plan)),
        )
        self.agent, self.contact = people.actor("agent"), people.actor("contact")
        self.lead = people.actor("lead")
        self.ticket_id = open_ticket(
            actor=self.contact if by == "customer" else self.agent,
            requester_id=people.contact.pk,
            subject="A story",
            text="Begins.",
            priority=priority,
            at=when(at),
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

    def marked(self, at: str, mark: str) -> None:
        mark_reached(actor=self.agent, ticket_id=self.ticket_id, mark=mark, at=when(at))

    def escalated(self, at: str, level: int) -> None:
        escalate(actor=self.contact, ticket_id=self.ticket_id, level=level, at=when(at))

    def excluded(self, at: str) -> None:
        exclude(actor=self.lead, ticket_id=self.ticket_id, cause="training", at=when(at))

    def objected(self, at: str) -> None:
        object_to_exclusion(
            actor=self.contact, ticket_id=self.ticket_id, text="It does not.", at=when(at)
        )

    def exclusion_withdrawn(self, at: str) -> None:
        withdraw_exclusion(actor=self.lead, ticket_id=self.ticket_id, at=when(at))

    def merged(self, at: str) -> None:
        another = open_ticket(actor=self.contact, subject="Another", text="Same.", at=when(at))
        merge(actor=self.agent, ticket_id=self.ticket_id, into_id=another.pk, at=when(at))

    def unmerged(self, at: str) -> None:
        unmerge(actor=self.agent, ticket_id=self.ticket_id, at=when(at))

    def moved(self, at: str, plan: str) -> None:
        move(actor=self.lead, subscription_id=self.subscription.pk, plan=plan, at=when(at))

    def guided(self, at: str, minutes: int) -> None:
        spend(actor=self.agent, ticket_id=self.ticket_id, minutes=minutes, at=when(at))

    def guidance(self, at: str) -> Minutes:
        ticket = Ticket.objects.get(pk=self.ticket_id)
        terms = terms_of_binding(ticket.binding_id)
        assert terms is not None
        return minutes_used(ticket, terms, when(at))["guidance"]

    def levels(self, at: str) -> list[tuple[int, datetime]]:
        self.let_time_pass(at)
        opened = Event.objects.filter(ticket=self.ticket_id, kind="level_opened")
        return [(event.facts["cycle"], event.at) for event in opened]

    def let_time_pass(self, at: str) -> None:
        while wake(at=when(at)):
            pass

    def clocks(self, at: str) -> list[Told]:
        self.let_time_pass(at)
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
