"""Let the stories of the demonstration happen: every step an action, in the order of time, with the watch awake."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from duly.cli.demo.people import CUSTOMERS
from duly.cli.demo.story import Step, Story, stories
from duly.core import instant
from duly.core.open_time import OpenTime
from duly.desk.access.actor import Actor, actor_for
from duly.desk.actions.tickets.assign import assign
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
from duly.desk.agreements.subscription import Binding
from duly.desk.agreements.terms import terms_of
from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket

_CONTACTS = frozenset(contact.key for customer in CUSTOMERS for contact in customer.contacts)
_LOOK_BACK = timedelta(days=60)


@dataclass(slots=True)
class Desk:
    """The people and teams of the demonstration, by their keys."""

    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """Read what somebody may do now."""
        return actor_for(self.people[key], via="portal" if key in _CONTACTS else "web")


def tell(desk: Desk, at: datetime) -> None:
    """Let all stories happen, in the order of time, up to `at`."""
    office = _office()
    told = stories()
    tickets: dict[int, int] = {}
    for ago, number, step in _in_order(told):
        then = _before(office, at, ago)
        wake(at=then)
        story = told[number]
        if step is None:
            tickets[number] = _open(desk, story, then).pk
        else:
            _do(desk, tickets[number], story, step, then)
    while wake(at=at):
        pass


def _in_order(told: list[Story]) -> list[tuple[float, int, Step | None]]:
    """Every opening (without a step) and every step, the oldest first, each story's in its own order."""
    moments: list[tuple[float, int, Step | None]] = []
    for number, story in enumerate(told):
        moments.append((story.ago, number, None))
        moments.extend((step.ago, number, step) for step in story.steps)
    return sorted(moments, key=lambda moment: -moment[0])


def _office() -> OpenTime:
    """The provider's hours, from the terms of a subscription."""
    binding = str(Binding.objects.values_list("pk", flat=True)[0])
    return OpenTime("office", terms_of([binding])[binding].calendars)


def _before(office: OpenTime, at: datetime, hours: float) -> datetime:
    """The instant from which so many open hours have passed."""
    left = int(hours * 3600)
    since, until = (instant.from_datetime(each) for each in (at - _LOOK_BACK, at))
    for begin, end in reversed(office.spans(since, until)):
        if left < end - begin:
            return instant.to_datetime(end - left)
        left -= end - begin
    raise ValueError(f"{hours} open hours are more than {_LOOK_BACK.days} days hold")


def _open(desk: Desk, story: Story, at: datetime) -> Ticket:
    return open_ticket(
        actor=desk.actor(story.who),
        subject=story.subject,
        text=story.text,
        priority=story.severity,
        team_id=desk.teams[story.team],
        at=at,
    )


def _do(desk: Desk, ticket_id: int, story: Story, step: Step, at: datetime) -> None:  # noqa: C901 - a table of verbs
    actor, text = desk.actor(step.who), step.text
    match step.verb:
        case "take":
            assign(
                actor=actor,
                ticket_id=ticket_id,
                team_id=desk.teams[story.team],
                assignee_id=actor.person_id,
                at=at,
            )
        case "reply":
            reply(actor=actor, ticket_id=ticket_id, text=text, at=at)
        case "ask":
            reply(actor=actor, ticket_id=ticket_id, text=text, then="wait", at=at)
        case "mend":
            reply(actor=actor, ticket_id=ticket_id, text=text, then="resolve", at=at)
        case "note":
            note(actor=actor, ticket_id=ticket_id, text=text, at=at)
        case "grade":
            prioritise(actor=actor, ticket_id=ticket_id, priority=text, at=at)
        case "await":
            wait(actor=actor, ticket_id=ticket_id, on=text, at=at)
        case "go_on":
            resume(actor=actor, ticket_id=ticket_id, at=at)
        case "reopen":
            reopen(actor=actor, ticket_id=ticket_id, at=at)
        case "done":
            resolve(actor=actor, ticket_id=ticket_id, at=at)
        case "close":
            close(actor=actor, ticket_id=ticket_id, at=at)
        case unknown:
            raise ValueError(f"nobody knows how to {unknown} a ticket")
