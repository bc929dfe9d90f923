"""Every action in a state in which it does its work, for counting its statements and measuring it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from duly.desk.access.actor import Actor
from duly.desk.actions.agreements.addons import add_addon, drop_addon
from duly.desk.actions.agreements.appoint import appoint
from duly.desk.actions.agreements.choose import choose
from duly.desk.actions.agreements.draft_policy import drop_policy_draft, keep_policy_draft
from duly.desk.actions.agreements.move import move
from duly.desk.actions.agreements.move_all import move_all
from duly.desk.actions.agreements.publish_draft import publish_draft
from duly.desk.actions.agreements.take_back import take_back_change
from duly.desk.actions.macros.keep import change_macro
from duly.desk.actions.mail.accept import accept
from duly.desk.actions.mail.open_from import open_from
from duly.desk.actions.mailboxes.add import add_mailbox
from duly.desk.actions.people.close_account import close_account, reopen_account
from duly.desk.actions.people.set_hours import cancel_absence
from duly.desk.actions.people.undo_time import set_undo_time
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.escalate import escalate
from duly.desk.actions.tickets.exclude import exclude
from duly.desk.actions.tickets.follow import follow
from duly.desk.actions.tickets.link import link
from duly.desk.actions.tickets.merge import merge
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.send import send
from duly.desk.actions.tickets.split import split, unsplit
from duly.desk.actions.tickets.wait import wait
from duly.desk.actions.tickets.wake import wake
from duly.desk.mailroom.mailbox import Mailbox, MailboxKind
from duly.desk.tickets.attachment import NewFile
from duly.desk.tickets.message import Message
from tests.desk import test_access_of_the_desk as of_the_desk
from tests.desk.access import Deed
from tests.desk.mail.test_sort import answer_address, answering, arrive, from_
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import FULL
from tests.desk.test_access_table import VERBS, another

FILES = tuple(NewFile(name, "text/plain", name.encode()) for name in ("a.log", "b.log", "c.log"))
AFTER_A_MISS = MONDAY + timedelta(hours=3)
RICH = FULL.replace(
    "    hours: office\n",
    """    hours: office
    people: {account_manager: {title: Manager, hours: own, otherwise: team}}
""",
).replace(
    "rules:",
    """addons: {weekend: {name: Weekend cover, to: [basic], price: by contract, hours: always}}
choices: {window: {label: Window, of: [office]}}
rules:""",
)
"""The full policy with everything that an agreement may add, choose and name."""


@dataclass(frozen=True)
class Scene:
    """An action, who does it, and to which object."""

    name: str
    actor: Actor
    deed: Deed
    it: int

    def play(self) -> None:
        """Do it."""
        self.deed(self.actor, self.it)


def scenes(people: Cast) -> list[Scene]:
    """Give every action of the access tables once."""
    boss = people.actor("owner")
    acme = of_the_desk.objects(people, RICH)["acme"]
    first, second = (of_the_desk.subscription_of(it) for it in (acme, people.other.pk))
    version = of_the_desk.version()
    add_addon(actor=boss, subscription_id=first, addon="weekend", at=MONDAY)
    add_addon(
        actor=boss,
        subscription_id=second,
        addon="weekend",
        from_at=MONDAY + timedelta(days=1),
        at=MONDAY + timedelta(minutes=1),
    )
    absence, macro = of_the_desk.absence_of(acme), of_the_desk.macro_of(acme)
    third = replace(of_the_desk.SETTINGS, address="third@vendor.example")
    ready = of_the_desk.policy_draft()
    begun = [
        keep_policy_draft(actor=boss, source="policy: mine", cases="", at=MONDAY).pk
        for _ in range(2)
    ]
    own: dict[str, Deed] = {
        "keep_policy_draft": lambda actor, it: keep_policy_draft(
            actor=actor, draft_id=begun[0], source="policy: ours", cases="", at=MONDAY
        ),
        "publish_draft": lambda actor, it: publish_draft(
            actor=actor, draft_id=ready, effective_on=None, at=MONDAY
        ),
        "drop_policy_draft": lambda actor, it: drop_policy_draft(
            actor=actor, draft_id=begun[1], at=MONDAY
        ),
        "add_mailbox": lambda actor, it: add_mailbox(actor=actor, settings=third, at=MONDAY),
        "cancel_absence": lambda actor, it: cancel_absence(
            actor=actor, absence_id=absence, at=MONDAY
        ),
        "change_macro": lambda actor, it: change_macro(
            actor=actor, macro_id=macro, words=of_the_desk.HELLO, at=MONDAY
        ),
        "choose": _of(choose, first, choice="window", picked="office"),
        "appoint": _of(appoint, first, place="account_manager", person_id=people.agent.pk),
        "drop_addon": _of(drop_addon, first, addon="weekend"),
        "move": _of(move, first, plan="basic"),
        "add_addon": _of(add_addon, second, addon="weekend"),
        "take_back_change": _of(take_back_change, second),
        "move_all": lambda actor, it: move_all(
            actor=actor, subscription_ids=[first], version_id=version, at=MONDAY
        ),
        "reopen_account": lambda actor, it: reopen_account(
            actor=actor, organisation_id=people.other.pk, at=MONDAY
        ),
    }
    close_account(actor=boss, organisation_id=people.other.pk, at=MONDAY)
    anton = people.actor("agent")
    desk = [
        Scene(name, anton if "view" in name or "many" in name else boss, own.get(name, deed), acme)
        for name, deed in of_the_desk.DEEDS.items()
        if name not in ("accept", "open_from")
    ]
    tickets = [_scene_on_a_ticket(people, name) for name in VERBS if name != "see"]
    return [_opening(people), *tickets, *desk, *_scenes_of_mail(people)]


def _of(action: Any, subscription_id: int, **facts: Any) -> Deed:
    """A deed about a subscription, which it need not look up."""
    return lambda actor, it: action(
        actor=actor, subscription_id=subscription_id, at=MONDAY, **facts
    )


def _opening(people: Cast) -> Scene:
    actor = people.actor("contact")
    return Scene("open_ticket", actor, lambda actor, it: _opened(actor), 0)


def _opened(actor: Actor, subject: str = "Door") -> int:
    return open_ticket(actor=actor, subject=subject, text="Stuck.", priority="1", at=MONDAY).pk


def _scene_on_a_ticket(people: Cast, name: str) -> Scene:
    """Open a ticket, and let happen to it what must have happened before."""
    boss, customer = people.actor("owner"), people.actor("contact")
    it = _opened(customer)
    before: dict[str, Callable[[], object]] = {
        "resume": lambda: wait(actor=boss, ticket_id=it, on="customer", at=MONDAY),
        "reopen": lambda: resolve(actor=boss, ticket_id=it, at=MONDAY),
        "rate": lambda: resolve(actor=boss, ticket_id=it, at=MONDAY),
        "merge": lambda: _opened(customer, "Into this one"),
        "link": lambda: _opened(customer, "Into this one"),
        "unlink": lambda: link(
            actor=boss, ticket_id=it, to_id=another(), relation="related", at=MONDAY
        ),
        "object": lambda: exclude(actor=boss, ticket_id=it, cause="training", at=MONDAY),
        "unmerge": lambda: merge(actor=boss, ticket_id=it, into_id=_opened(customer), at=MONDAY),
        "withdraw_exclusion": lambda: exclude(
            actor=boss, ticket_id=it, cause="training", at=MONDAY
        ),
        "split": lambda: _answered(boss, customer, it),
        "take_back": lambda: _send_slowly(boss, it),
        "unfollow": lambda: follow(actor=boss, ticket_id=it, at=MONDAY),
        "escalate": lambda: wake(at=AFTER_A_MISS),
    }
    before.get(name, lambda: None)()
    if name == "unsplit":
        it = _split_off(boss, customer, it)
    last = Message.objects.filter(ticket=it).latest("pk").pk
    own: dict[str, Deed] = {
        "split": lambda actor, it: split(
            actor=actor, ticket_id=it, message_ids=[last], subject="B", at=MONDAY
        ),
        "assign": lambda actor, it: assign(
            actor=actor,
            ticket_id=it,
            team_id=people.team.pk,
            assignee_id=people.agent.pk,
            at=MONDAY,
        ),
        "prioritise": lambda actor, it: prioritise(
            actor=actor, ticket_id=it, priority="2", at=MONDAY
        ),
        "unsplit": lambda actor, _: unsplit(actor=actor, ticket_id=it, at=MONDAY),
        "escalate": lambda actor, it: escalate(actor=actor, ticket_id=it, level=1, at=AFTER_A_MISS),
    }
    return Scene(
        name, customer if name in ("object", "rate") else boss, own.get(name, VERBS[name]), it
    )


def _answered(agent: Actor, customer: Actor, it: int) -> None:
    for actor in (agent, customer):
        reply(actor=actor, ticket_id=it, text="Hm.", at=MONDAY)


def _split_off(agent: Actor, customer: Actor, it: int) -> int:
    _answered(agent, customer, it)
    last = Message.objects.filter(ticket=it).latest("pk")
    new = split(actor=agent, ticket_id=it, message_ids=[last.pk], subject="B", at=MONDAY)
    return new.pk


def _send_slowly(actor: Actor, it: int) -> None:
    set_undo_time(actor=actor, seconds=10, at=MONDAY)
    send(actor=actor, ticket_id=it, text="Hm.", at=MONDAY)


def _scenes_of_mail(people: Cast) -> list[Scene]:
    """Held mails that can become a reply and a ticket."""
    boss = people.actor("owner")
    mailbox = Mailbox.objects.create(
        address="desk2@vendor.example", name="Second", kind=MailboxKind.LISTENER
    )
    ticket = open_ticket(
        actor=people.actor("contact"), subject="A", text="B", priority="1", at=MONDAY
    )
    whole = {"verdict": "none", "html": "<p>Hm.</p>", "files": FILES}
    unvouched = answering(answer_address(ticket, people.contact), people.contact, **whole)
    cold = from_(people.contact, internet_id="<2@acme.example>", **whole)
    return [
        Scene(
            "accept",
            boss,
            lambda actor, it: accept(actor=actor, mail_id=it, at=MONDAY),
            arrive(mailbox, unvouched, b"answer").pk,
        ),
        Scene(
            "open_from",
            boss,
            lambda actor, it: open_from(actor=actor, mail_id=it, at=MONDAY),
            arrive(mailbox, cold, b"cold").pk,
        ),
    ]
