"""How many statements an action sends; a number may fall, and rises only with a reason.

Sending words drops the draft of them and keeps them for search: two statements of the eleven. Resolving asks when the
ticket will close by itself, what the desk's own fields need by then, and lets tags and values know that it left the
queue: three of the eleven. What comes by the form is asked what these require: the twelfth. Files cost one statement,
however many. The door asks which terms hold for a ticket that is there already: one of each.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from duly.desk.actions.agreements.appoint import appoint
from duly.desk.actions.fields.define import Asked, add_field
from duly.desk.actions.mail.keep import keep
from duly.desk.actions.mail.sort import next_unsorted, sort_mail
from duly.desk.actions.people.technical_contact import name_technical_contact
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.wake import wake
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.tickets.attachment import Attachment
from duly.desk.tickets.ticket import Ticket
from tests.desk.mail.test_sort import answer_address, answering, from_
from tests.desk.mail.test_sorting import MAIL
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, published, subscribed
from tests.desk.scenes import FILES, scenes
from tests.desk.test_access_of_the_desk import DEEDS
from tests.desk.test_access_table import VERBS

MOST = 15
MINUTE = timedelta(minutes=1)
DEMANDING = (
    SMALL
    + """
    requires: [technical_contact]
    allowances: {incidents: 9 per month}
    people: {manager: {primary_contact: true}}
intake: {fields: [steps]}
"""
)


def opened(people: Cast) -> Ticket:
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="Door", text="Stuck.", priority="1", at=MONDAY)


@contextmanager
def sending(most: int) -> Iterator[None]:
    """Expect at most so many statements; savepoints are those of the test's own transaction."""
    with CaptureQueriesContext(
        connection,
    ) as context:
        yield
    sent = [query["sql"] for query in context if "SAVEPOINT" not in query["sql"]]
    assert len(sent) <= most, "\n".join(sent)


def test_each_action_sends_few_statements(covered: Cast) -> None:
    agent, contact = covered.actor("agent"), covered.actor("contact")
    ticket = opened(covered)
    it = ticket.pk
    steps: list[tuple[int, Callable[[], object]]] = [
        (12, lambda: opened(covered)),
        (12, lambda: reply(actor=agent, ticket_id=it, text="A", then="wait", seen=1, at=MONDAY)),
        (12, lambda: reply(actor=contact, ticket_id=it, text="B", key="k", at=MONDAY + MINUTE)),
        (9, lambda: note(actor=agent, ticket_id=it, text="C", at=MONDAY + MINUTE)),
        (8, lambda: prioritise(actor=agent, ticket_id=it, priority="2", at=MONDAY + 2 * MINUTE)),
        (
            12,
            lambda: assign(
                actor=agent,
                ticket_id=it,
                team_id=covered.team.pk,
                assignee_id=covered.agent.pk,
                at=MONDAY + 3 * MINUTE,
            ),
        ),
        (11, lambda: resolve(actor=agent, ticket_id=it, at=MONDAY + 4 * MINUTE)),
        (6, lambda: close(actor=agent, ticket_id=it, at=MONDAY + 5 * MINUTE)),
    ]
    for most, step in steps:
        with sending(most):
            step()


def test_no_action_sends_more_than_fifteen_statements(people: Cast) -> None:
    sent = {}
    for scene in scenes(people):
        with transaction.atomic(), CaptureQueriesContext(connection) as context:
            scene.play()
            transaction.set_rollback(True)
        sent[scene.name] = sum("SAVEPOINT" not in query["sql"] for query in context)
    assert len(sent) == len(VERBS.keys() - {"see"} | DEEDS.keys()) + 1, "each, and opening"
    assert min(sent.values()) > 1, "each does something"
    assert not {name: number for name, number in sent.items() if number > MOST}


def test_sorting_a_mail_sends_no_more_than_fifteen_statements(people: Cast) -> None:
    scenes(people)  # terms are loaded once
    mailbox = Mailbox.objects.earliest("pk")
    ticket = open_ticket(
        actor=people.actor("contact"), subject="A", text="B", priority="1", at=MONDAY
    )
    whole: dict[str, Any] = {"html": "<p>Hm.</p>", "files": FILES}
    mails = {
        "ticket": from_(people.contact, internet_id="<8@acme.example>", **whole),
        "a stranger's ticket": replace(MAIL, sender="new@elsewhere.example", **whole),
        "answer": answering(
            answer_address(ticket, people.contact), people.contact, internet_id="", **whole
        ),
    }
    for name, incoming in mails.items():
        keep(mailbox_id=mailbox.pk, raw=name.encode(), at=MONDAY)
        with transaction.atomic():
            mail = next_unsorted()
            assert mail is not None
            with sending(MOST):
                sort_mail(mail, incoming, at=MONDAY + MINUTE)
        assert mail.outcome in ("ticket", "reply"), name
        assert Attachment.objects.filter(message=mail.message).count() == len(FILES)


def test_waking_many_tickets_sends_no_more_than_waking_one(covered: Cast) -> None:
    for _ in range(20):
        opened(covered)
    with sending(8):
        assert wake(at=MONDAY + timedelta(days=1)) == 20


def test_a_plan_that_asks_counts_and_names_stays_within_fifteen_statements(
    people: Cast,
) -> None:
    owner = people.actor("owner")
    it = subscribed(people, published(people, DEMANDING))
    name_technical_contact(
        actor=owner,
        organisation_id=people.acme.pk,
        person_id=people.contact.pk,
        is_one=True,
        at=MONDAY,
    )
    appoint(
        actor=owner, subscription_id=it.pk, place="manager", person_id=people.agent.pk, at=MONDAY
    )
    asked = Asked(name="Serial", is_for_customers=True)
    add_field(actor=owner, kind="text", asked=asked, at=MONDAY)
    contact = people.actor("contact")
    opened(people)  # terms are loaded once
    with sending(15):
        ticket = open_ticket(
            actor=contact,
            subject="Door",
            text="Stuck.",
            priority="1",
            answers={"steps": "Push."},
            fields={"serial": "12"},
            key="once",
            at=MONDAY,
        )
    assert ticket.assignee == people.agent
