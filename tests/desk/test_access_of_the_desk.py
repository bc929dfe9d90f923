"""The table of who may do what to the desk itself, and that no action is missing from either table."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from typing import Any

from duly.channels.mail_in.oauth import Tokens
from duly.desk import actions
from duly.desk.actions.agreements.addons import add_addon, drop_addon
from duly.desk.actions.agreements.amend import amend
from duly.desk.actions.agreements.appoint import appoint
from duly.desk.actions.agreements.choose import choose
from duly.desk.actions.agreements.draft_policy import drop_policy_draft, keep_policy_draft
from duly.desk.actions.agreements.end import end
from duly.desk.actions.agreements.move import move
from duly.desk.actions.agreements.move_all import move_all
from duly.desk.actions.agreements.publish import publish
from duly.desk.actions.agreements.publish_draft import publish_draft
from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.actions.agreements.take_back import take_back_change
from duly.desk.actions.deliveries.held import drop_held, release_held
from duly.desk.actions.fields.define import (
    Asked,
    add_field,
    bring_field_back,
    change_field,
    move_field,
    retire_field,
)
from duly.desk.actions.macros.keep import (
    MacroWords,
    add_macro,
    change_macro,
    put_macro_back,
    remove_macro,
)
from duly.desk.actions.mail.accept import accept
from duly.desk.actions.mail.hold import hold
from duly.desk.actions.mail.keep import keep
from duly.desk.actions.mail.open_from import open_from
from duly.desk.actions.mail.refuse import refuse
from duly.desk.actions.mail.sort_again import sort_again
from duly.desk.actions.mailboxes.add import add_mailbox
from duly.desk.actions.mailboxes.believe import believe
from duly.desk.actions.mailboxes.change import change_mailbox
from duly.desk.actions.mailboxes.make_post_secret import make_post_secret
from duly.desk.actions.mailboxes.sign_in import sign_in_mailbox
from duly.desk.actions.people.bring_in import bring_in
from duly.desk.actions.people.change_address import change_address
from duly.desk.actions.people.change_team import change_team
from duly.desk.actions.people.choose_password import choose_password
from duly.desk.actions.people.close_account import close_account, reopen_account
from duly.desk.actions.people.deactivate import deactivate, reactivate
from duly.desk.actions.people.edit_role import change_role, drop_role, make_role
from duly.desk.actions.people.invite import invite_agent, invite_contact
from duly.desk.actions.people.leave_team import leave_team
from duly.desk.actions.people.organise import add_organisation, add_team, place_in_team
from duly.desk.actions.people.part import part
from duly.desk.actions.people.prefer import prefer
from duly.desk.actions.people.remark import leave_remark, put_remark_back, remove_remark
from duly.desk.actions.people.roles import give_role, take_role
from duly.desk.actions.people.set_domains import set_domains
from duly.desk.actions.people.set_hours import add_absence, cancel_absence, set_hours
from duly.desk.actions.people.set_zone import set_zone
from duly.desk.actions.people.support_list import arrange_support_list
from duly.desk.actions.people.technical_contact import name_technical_contact
from duly.desk.actions.people.undo_time import set_undo_time
from duly.desk.actions.people.unmark_address import unmark_address
from duly.desk.actions.setup.brand import Branding, brand
from duly.desk.actions.setup.export_audit import export_audit
from duly.desk.actions.setup.make_report_secret import make_report_secret
from duly.desk.actions.setup.outgoing import Outgoing, set_outgoing
from duly.desk.actions.setup.screens import put_up_screen, revoke_screen
from duly.desk.actions.setup.set_closing import set_closing
from duly.desk.actions.tickets.many import act_on_many, take_back_many
from duly.desk.actions.views.arrange import move_view
from duly.desk.actions.views.remove import remove_view, restore_view
from duly.desk.actions.views.save import change_view, save_view
from duly.desk.actions.views.share import share_view
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.policy_draft import PolicyDraft
from duly.desk.agreements.subscription import Subscription
from duly.desk.mailroom.mailbox import Mailbox, MailboxKind
from duly.desk.mailroom.oauth import OAuthGrant
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.mailroom.settings import MailboxSettings
from duly.desk.mailroom.sorting import Reason
from duly.desk.people.absence import Absence
from duly.desk.people.organisation import Organisation
from duly.desk.people.person import Person
from duly.desk.people.remark import Remark
from duly.desk.people.standard_roles import CONTACT, LIGHT_AGENT
from duly.desk.people.team import Team
from duly.desk.tickets.batch import Batch
from duly.desk.tickets.field import Field
from duly.desk.tickets.macro import Macro
from duly.desk.tickets.saved_view import SavedView, SharedWith
from duly.desk.tickets.screen import Screen
from duly.desk.tickets.selection import Selection
from tests.desk.access import Deed, differences, read
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import FULL, published
from tests.desk.test_access_table import LATER, VERBS, actors_of

NOBODY = 1_000_000
TABLE = "access_table_of_the_desk.txt"
OPENED_BY_ANYBODY = {"open_ticket"}
"""Whom a ticket may be opened for is asked in `test_open`."""
BY_THE_DESK = {"come_into_force", "move_open_tickets"}
"""What the watch does; nobody asks for it."""
PARTS = {"drop_draft", "drafted_files", "add_message", "foresee"}
"""Steps of other actions, which have asked for the right, and the look at what another action would do."""


def contact_of(organisation: int) -> int:
    """Clara of Acme, Stella of the other, nobody else."""
    names = {"Acme": "Clara", "Other": "Stella"}
    name = Organisation.objects.filter(pk=organisation).values_list("name", flat=True).first()
    found = Person.objects.filter(name=names.get(name or "", "")).first()
    return found.pk if found else NOBODY


def subscription_of(organisation: int) -> int:
    found = Subscription.objects.filter(organisation=organisation).order_by("pk").first()
    return found.pk if found else NOBODY


def mail_of(organisation: int) -> int:
    found = RawMail.objects.filter(raw=str(organisation).encode()).first()
    return found.pk if found else NOBODY


def mailbox_of(organisation: int) -> int:
    found = RawMail.objects.filter(pk=mail_of(organisation)).first()
    return found.mailbox_id if found else NOBODY


def signed_in_at_its_provider(organisation: int) -> int:
    """The mailbox, which is signed in to by OAuth 2.0."""
    mailbox = Mailbox.objects.filter(pk=mailbox_of(organisation)).first()
    if mailbox is not None:
        OAuthGrant.objects.get_or_create(mailbox=mailbox, provider="google", client_id="c")
    return mailbox.pk if mailbox else NOBODY


def team_of(organisation: int) -> int:
    team = Team.objects.first()
    return team.pk if team and Organisation.objects.filter(pk=organisation).exists() else NOBODY


def agent_of(organisation: int) -> int:
    """Anton, asked about beside an organisation that exists."""
    exists = Organisation.objects.filter(pk=organisation).exists()
    return Person.objects.get(name="Anton").pk if exists else NOBODY


def absence_of(organisation: int) -> int:
    found = Absence.objects.filter(person=agent_of(organisation)).first()
    return found.pk if found else NOBODY


def view_of(organisation: int) -> int:
    """Anton's, asked about beside an organisation that exists."""
    found = SavedView.objects.filter(owner=agent_of(organisation)).first()
    return found.pk if found else NOBODY


def batch_of(organisation: int) -> int:
    """What Anton did to many tickets, asked about beside an organisation that exists."""
    found = Batch.objects.filter(person=agent_of(organisation)).first()
    return found.pk if found else NOBODY


def screen_of(organisation: int) -> int:
    """The screen in the hall, asked about beside an organisation that exists."""
    found = Screen.objects.filter(name="Hall").first()
    return found.pk if found and agent_of(organisation) != NOBODY else NOBODY


def version() -> int:
    return PolicyVersion.objects.values_list("pk", flat=True)[0]


def policy_draft() -> int:
    return PolicyDraft.objects.values_list("pk", flat=True).first() or NOBODY


def of_organisation(action: Any, **facts: Any) -> Deed:
    return lambda actor, it: action(actor=actor, organisation_id=it, at=MONDAY, **facts)


def of_contact(action: Any, **facts: Any) -> Deed:
    return lambda actor, it: action(actor=actor, person_id=contact_of(it), at=MONDAY, **facts)


def of_subscription(action: Any, **facts: Any) -> Deed:
    return lambda actor, it: action(
        actor=actor, subscription_id=subscription_of(it), at=MONDAY, **facts
    )


def of_mail(action: Any) -> Deed:
    return lambda actor, it: action(actor=actor, mail_id=mail_of(it), at=MONDAY)


def of_nothing(action: Any, **facts: Any) -> Deed:
    return lambda actor, it: action(actor=actor, at=MONDAY, **facts)


def of_view(action: Any, **facts: Any) -> Deed:
    return lambda actor, it: action(actor=actor, view_id=view_of(it), at=MONDAY, **facts)


def has_contact(action: Any, **facts: Any) -> Deed:
    """A deed about an organisation and its contact."""
    return lambda actor, it: action(
        actor=actor, organisation_id=it, person_id=contact_of(it), at=MONDAY, **facts
    )


OFFICE = {"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}}
SETTINGS = MailboxSettings(address="other@vendor.example", name="Other", kind="listener")
WAITING: dict[str, Any] = {
    "verb": "wait",
    "ticket_ids": [1],
    "facts": {"on": "customer"},
    "key": "k",
}
HELLO = MacroWords(name="Hello", text="Hello.")


def macro_of(organisation: int) -> int:
    """Everybody's under Acme, Olga's own under the other, none else."""
    names = {"Acme": "Everybody's", "Other": "Olga's"}
    name = Organisation.objects.filter(pk=organisation).values_list("name", flat=True).first()
    found = Macro.objects.filter(name=names.get(name or "", "")).first()
    return found.pk if found else NOBODY


CAUSE = Asked(name="Cause", is_for_customers=True)


def field_of(organisation: int) -> int:
    """The desk's one field, asked about beside an organisation that exists."""
    return Field.objects.get(key="cause").pk if agent_of(organisation) != NOBODY else NOBODY


def of_field(action: Any, **facts: Any) -> Deed:
    return lambda actor, it: action(actor=actor, field_id=field_of(it), at=MONDAY, **facts)


def remark_of(organisation: int) -> int:
    """What Olga wrote about an organisation."""
    found = Remark.objects.filter(organisation=organisation).first()
    return found.pk if found else NOBODY


DEEDS: dict[str, Deed] = {
    "invite_contact": of_organisation(
        invite_contact, email="new@acme.example", name="New", role=CONTACT
    ),
    "bring_in": of_organisation(bring_in, email="new@acme.example", name="New"),
    "set_zone": of_organisation(set_zone, zone="Asia/Tokyo"),
    "set_calendar": of_organisation(set_calendar, calendar=OFFICE),
    "set_domains": of_organisation(set_domains, domains=["customer.example"]),
    "close_account": of_organisation(close_account),
    "reopen_account": of_organisation(reopen_account),
    "part": has_contact(part),
    "name_technical_contact": has_contact(name_technical_contact, is_one=True),
    "arrange_support_list": lambda actor, it: arrange_support_list(
        actor=actor, organisation_id=it, person_ids=[contact_of(it)], at=MONDAY
    ),
    "change_address": of_contact(change_address, email="new@elsewhere.example"),
    "unmark_address": of_contact(unmark_address),
    "deactivate": of_contact(deactivate),
    "reactivate": of_contact(reactivate),
    "choose_password": of_contact(choose_password, password="correct horse battery"),
    "give_role": of_contact(give_role, role=LIGHT_AGENT),
    "take_role": of_contact(take_role, role=LIGHT_AGENT),
    "add_addon": of_subscription(add_addon, addon="weekend"),
    "drop_addon": of_subscription(drop_addon, addon="weekend"),
    "choose": of_subscription(choose, choice="window", picked="pacific"),
    "amend": of_subscription(
        amend,
        path="targets.first_response.2",
        value="6 business hours",
        reason="Agreed by phone",
        from_on=date(2026, 10, 20),
    ),
    "end": of_subscription(end, on=date(2026, 12, 31)),
    "move": of_subscription(move, plan="basic"),
    "take_back_change": of_subscription(take_back_change),
    "subscribe": lambda actor, it: subscribe(
        actor=actor,
        organisation_id=it,
        version_id=version(),
        held={"plan": "basic"},
        from_on=date(2026, 1, 1),
        at=MONDAY,
    ),
    "add_organisation": of_nothing(add_organisation, name="Third"),
    "add_team": of_nothing(add_team, name="Third"),
    "place_in_team": lambda actor, it: place_in_team(
        actor=actor, team_id=team_of(it), person_id=agent_of(it), at=MONDAY
    ),
    "change_team": lambda actor, it: change_team(
        actor=actor, team_id=team_of(it), name="Second level", is_private=True, at=MONDAY
    ),
    "make_role": of_nothing(make_role, name="Auditor", rights=["audit.see", "tickets.see"]),
    "change_role": of_nothing(change_role, role=LIGHT_AGENT, name="Reader", rights=["tickets.see"]),
    "drop_role": of_nothing(drop_role, role="spare"),
    "leave_team": lambda actor, it: leave_team(
        actor=actor, team_id=team_of(it), person_id=agent_of(it), at=MONDAY
    ),
    "set_hours": lambda actor, it: set_hours(
        actor=actor, person_id=agent_of(it), hours=OFFICE, at=MONDAY
    ),
    "add_absence": lambda actor, it: add_absence(
        actor=actor, person_id=agent_of(it), from_at=MONDAY, to_at=LATER, at=MONDAY
    ),
    "cancel_absence": lambda actor, it: cancel_absence(
        actor=actor, absence_id=absence_of(it), at=MONDAY
    ),
    "appoint": of_subscription(appoint, place="account_manager", person_id=None),
    "invite_agent": of_nothing(invite_agent, email="new@desk.example", name="New"),
    "brand": of_nothing(brand, branding=Branding(name="Help", accent="#3b5bdb")),
    "make_report_secret": of_nothing(make_report_secret),
    "set_outgoing": of_nothing(set_outgoing, outgoing=Outgoing(host="mail.vendor.example")),
    "export_audit": of_nothing(export_audit),
    "keep_policy_draft": lambda actor, _: keep_policy_draft(
        actor=actor, draft_id=policy_draft(), source="policy: mine", cases="", at=MONDAY
    ),
    "drop_policy_draft": lambda actor, _: drop_policy_draft(
        actor=actor, draft_id=policy_draft(), at=MONDAY
    ),
    "publish_draft": lambda actor, _: publish_draft(
        actor=actor, draft_id=policy_draft(), effective_on=None, at=MONDAY
    ),
    "move_all": lambda actor, it: move_all(
        actor=actor, subscription_ids=[subscription_of(it)], version_id=version(), at=MONDAY
    ),
    "publish": of_nothing(publish, source=FULL.replace('version: "1"', 'version: "2"')),
    "add_macro": of_nothing(add_macro, words=HELLO, is_own=True),
    "change_macro": lambda actor, it: change_macro(
        actor=actor, macro_id=macro_of(it), words=HELLO, at=MONDAY
    ),
    "remove_macro": lambda actor, it: remove_macro(actor=actor, macro_id=macro_of(it), at=MONDAY),
    "put_macro_back": lambda actor, it: put_macro_back(
        actor=actor, macro_id=macro_of(it), at=MONDAY
    ),
    "leave_remark": of_organisation(leave_remark, text="Pays late."),
    "remove_remark": lambda actor, it: remove_remark(
        actor=actor, remark_id=remark_of(it), at=MONDAY
    ),
    "put_remark_back": lambda actor, it: put_remark_back(
        actor=actor, remark_id=remark_of(it), at=MONDAY
    ),
    "set_undo_time": of_nothing(set_undo_time, seconds=20),
    "prefer": of_nothing(prefer, language="de", zone="UTC", wanted=(), quiet=None),
    "release_held": of_nothing(release_held),
    "drop_held": of_nothing(drop_held),
    "set_closing": of_nothing(set_closing, after_days=7),
    "add_mailbox": of_nothing(add_mailbox, settings=SETTINGS),
    "change_mailbox": lambda actor, it: change_mailbox(
        actor=actor, mailbox_id=mailbox_of(it), settings=SETTINGS, at=MONDAY
    ),
    "sign_in_mailbox": lambda actor, it: sign_in_mailbox(
        actor=actor,
        mailbox_id=signed_in_at_its_provider(it),
        tokens=Tokens("a", "r", MONDAY),
        validity=1,
        uid=1,
        at=MONDAY,
    ),
    "make_post_secret": lambda actor, it: make_post_secret(
        actor=actor, mailbox_id=mailbox_of(it), at=MONDAY
    ),
    "believe": lambda actor, it: believe(
        actor=actor, mailbox_id=mailbox_of(it), server="mx.vendor.example", at=MONDAY
    ),
    "save_view": of_nothing(save_view, name="Mine", selection=Selection()),
    "change_view": of_view(change_view, name="Other"),
    "share_view": of_view(share_view, shared_with=SharedWith.NOBODY),
    "move_view": of_view(move_view, step=1),
    "remove_view": of_view(remove_view),
    "restore_view": of_view(restore_view),
    "add_field": of_nothing(add_field, kind="text", asked=CAUSE),
    "change_field": of_field(change_field, asked=CAUSE),
    "move_field": of_field(move_field, step=1),
    "retire_field": of_field(retire_field),
    "bring_field_back": of_field(bring_field_back),
    "put_up_screen": of_nothing(put_up_screen, name="Hall", team_id=None, names_customers=False),
    "revoke_screen": lambda actor, it: revoke_screen(
        actor=actor, screen_id=screen_of(it), at=MONDAY
    ),
    "act_on_many": of_nothing(act_on_many, **WAITING),
    "take_back_many": lambda actor, it: take_back_many(
        actor=actor, batch_id=batch_of(it), at=MONDAY
    ),
    "accept": of_mail(accept),
    "open_from": of_mail(open_from),
    "refuse": of_mail(refuse),
    "sort_again": of_mail(sort_again),
}


def objects(people: Cast, policy: str = FULL) -> dict[str, int]:
    """Two organisations with an agreement and a held mail each."""
    first = published(people, policy)
    mailbox = Mailbox.objects.create(
        address="desk@vendor.example", name="Support", kind=MailboxKind.LISTENER
    )
    for organisation in (people.acme, people.other):
        subscribe(
            actor=people.actor("owner"),
            organisation_id=organisation.pk,
            version_id=first.pk,
            held={"plan": "basic"},
            from_on=date(2026, 1, 1),
            at=MONDAY,
        )
        keep(mailbox_id=mailbox.pk, raw=str(organisation.pk).encode(), at=MONDAY)
        hold(mail_id=mail_of(organisation.pk), reason=Reason.STRANGER, at=MONDAY)
    boss, anton = people.actor("owner"), people.agent.pk
    make_role(actor=boss, name="Spare", rights=["tickets.see"], at=MONDAY)
    keep_policy_draft(actor=boss, source=policy.replace('"1"', '"3"', 1), cases="", at=MONDAY)
    for organisation in (people.acme, people.other):
        leave_remark(actor=boss, organisation_id=organisation.pk, text="Kind.", at=MONDAY)
    for name, is_own in (("Everybody's", False), ("Olga's", True)):
        add_macro(actor=boss, words=MacroWords(name=name, text="Hi."), is_own=is_own, at=MONDAY)
    add_field(actor=boss, kind="text", asked=CAUSE, at=MONDAY)
    add_absence(actor=boss, person_id=anton, from_at=MONDAY, to_at=LATER, at=MONDAY)
    act_on_many(actor=people.actor("agent"), at=MONDAY, **WAITING)
    put_up_screen(actor=boss, name="Hall", team_id=None, names_customers=False, at=MONDAY)
    save_view(actor=people.actor("agent"), name="His", selection=Selection(), at=MONDAY)
    return {"acme": people.acme.pk, "other": people.other.pk, "none": NOBODY}


def test_every_answer_is_the_one_in_the_table(people: Cast) -> None:
    table = read(TABLE)
    held = objects(people)
    actors = actors_of(people, {actor for actor, _, _ in table})
    assert not differences(table, DEEDS, actors, held)


def test_the_table_asks_every_actor_every_deed() -> None:
    table = read(TABLE)
    actors = {actor for actor, _, _ in table}
    assert len(actors) == 7
    assert {(actor, deed) for actor, deed, _ in table} == {(a, d) for a in actors for d in DEEDS}


def test_no_action_is_missing_from_the_tables() -> None:
    called = {"save_draft": "draft", "object_to_exclusion": "object"}
    asked = {called.get(name, name) for name in every_action()}
    assert (
        asked - PARTS == (VERBS.keys() - {"see"}) | DEEDS.keys() | BY_THE_DESK | OPENED_BY_ANYBODY
    )


def every_action() -> dict[str, Callable[..., object]]:
    """What asks who does it, by name."""
    walked = pkgutil.walk_packages(actions.__path__, f"{actions.__name__}.")
    modules = [importlib.import_module(each.name) for each in walked if "._" not in each.name]
    return {
        name: it
        for module in modules
        for name, it in inspect.getmembers(module, inspect.isfunction)
        if it.__module__ == module.__name__ and _asks_who(it)
    }


def _asks_who(it: Any) -> bool:
    return "actor" in inspect.signature(it).parameters and it.__name__[0] != "_"
