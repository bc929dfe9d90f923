"""What cannot be used is refused by the name of its field, and nothing is changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction

from duly.desk.actions.agreements.draft_policy import keep_policy_draft
from duly.desk.actions.agreements.publish import publish
from duly.desk.actions.agreements.publish_draft import publish_draft
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.actions.fields.define import Asked, add_field, change_field
from duly.desk.actions.macros.keep import MacroWords, add_macro, change_macro
from duly.desk.actions.mail.open_from import open_from
from duly.desk.actions.mailboxes.add import add_mailbox
from duly.desk.actions.mailboxes.believe import believe
from duly.desk.actions.mailboxes.change import change_mailbox
from duly.desk.actions.people.bring_in import bring_in
from duly.desk.actions.people.change_address import change_address
from duly.desk.actions.people.change_team import change_team
from duly.desk.actions.people.edit_role import change_role, make_role
from duly.desk.actions.people.invite import invite_agent, invite_contact
from duly.desk.actions.people.organise import add_organisation, add_team
from duly.desk.actions.people.remark import leave_remark
from duly.desk.actions.people.set_hours import add_absence, set_hours
from duly.desk.actions.people.set_zone import set_zone
from duly.desk.actions.setup.brand import Branding, brand
from duly.desk.actions.setup.outgoing import Outgoing, set_outgoing
from duly.desk.actions.setup.set_closing import set_closing
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.retitle import retitle
from duly.desk.actions.tickets.wait import wait
from duly.desk.errors import Invalid
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.people.standard_roles import AGENT, CONTACT, LIGHT_AGENT
from tests.desk import test_access_of_the_desk as of_the_desk
from tests.desk.mail.test_sort import arrive, from_
from tests.desk.people import MONDAY, Cast
from tests.desk.test_two_at_once import counted

NOBODY = of_the_desk.NOBODY
YEARS_AGO = MONDAY - timedelta(days=1000)
Row = tuple[str | None, Callable[..., object], dict[str, Any]]
"""The field that is wrong, the action, and what it is given."""


BESIDE_WHAT_THEY_DO = {
    *("act_on_many", "add_addon", "amend", "appoint", "arrange_support_list", "change_view"),
    *(
        "choose",
        "drafted_files",
        "drop_addon",
        "end",
        "exclude",
        "fill",
        "link",
        "mark",
        "merge",
        "move",
    ),
    *("name_technical_contact", "object_to_exclusion", "open_ticket", "part", "prefer"),
    *("put_up_screen", "rate", "save_draft", "save_view", "send", "set_calendar", "set_domains"),
    *("set_undo_time", "share_view", "snooze", "spend", "split", "tag", "use_macro"),
}
"""Their own tests give them what cannot be used."""


def rows(people: Cast) -> list[Row]:
    held = of_the_desk.objects(people)
    acme, team, anton = held["acme"], people.team.pk, people.agent.pk
    ticket = open_ticket(
        actor=people.actor("contact"), subject="A", text="B", priority="1", at=MONDAY
    ).pk
    begun = keep_policy_draft(
        actor=people.actor("owner"), source="policy: mine", cases="", at=MONDAY
    ).pk
    text = add_field(actor=people.actor("owner"), kind="text", asked=Asked(name="Cause"), at=MONDAY)
    box, settings = of_the_desk.mailbox_of(acme), of_the_desk.SETTINGS
    agreement: dict[str, Any] = {
        "organisation_id": acme,
        "version_id": of_the_desk.version(),
        "from_on": MONDAY.date(),
    }
    new = {"name": "New", "email": "new@desk.example"}
    subscribe(actor=people.actor("owner"), held={"plan": "basic"}, at=MONDAY, **agreement)
    held_mail = arrive(Mailbox.objects.earliest("pk"), from_(people.contact, verdict="none")).pk
    return [
        ("subscription", open_from, {"mail_id": held_mail}),
        ("source", keep_policy_draft, {"source": "x" * 2_000_000, "cases": ""}),
        ("source", publish, {"source": "policy: mine"}),
        ("source", publish_draft, {"draft_id": begun, "effective_on": None}),
        ("held", subscribe, {**agreement, "held": {"plan": "platinum"}}),
        ("name", add_field, {"kind": "text", "asked": Asked(name=" ")}),
        ("kind", add_field, {"kind": "colour", "asked": Asked(name="Colour")}),
        ("name", change_field, {"field_id": text.pk, "asked": Asked(name="")}),
        ("text", add_macro, {"words": MacroWords(name="Empty"), "is_own": True}),
        (
            "name",
            change_macro,
            {"macro_id": of_the_desk.macro_of(acme), "words": MacroWords(name="")},
        ),
        ("address", add_mailbox, {"settings": replace(settings, address="nowhere")}),
        ("address", add_mailbox, {"settings": replace(settings, address="desk@vendor.example")}),
        (
            "host",
            change_mailbox,
            {"mailbox_id": box, "settings": replace(settings, kind="imap", host="")},
        ),
        ("verdict_server", believe, {"mailbox_id": box, "server": "not a name"}),
        ("name", add_organisation, {"name": "Acme"}),
        ("name", add_organisation, {"name": " \0 "}),
        ("zone", add_organisation, {"name": "Third", "zone": "CEST"}),
        ("domains", add_organisation, {"name": "Third", "domains": ("gmail.com",)}),
        ("zone", set_zone, {"organisation_id": acme, "zone": "Mars/Olympus"}),
        ("name", add_team, {"name": people.team.name}),
        ("name", change_team, {"team_id": team, "name": "", "is_private": False}),
        ("name", make_role, {"name": "", "rights": ["tickets.see"]}),
        ("rights", make_role, {"name": "Odd", "rights": ["tickets.burn"]}),
        ("rights", change_role, {"role": LIGHT_AGENT, "name": "Light", "rights": []}),
        ("email", invite_agent, {**new, "email": "nobody"}),
        ("email", invite_agent, {**new, "email": people.contact.email}),
        ("role", invite_agent, {**new, "role": CONTACT}),
        ("zone", invite_agent, {**new, "zone": "CET+1"}),
        ("email", bring_in, {**new, "email": "on the phone"}),
        ("role", invite_contact, {**new, "organisation_id": acme, "role": AGENT}),
        (
            "email",
            invite_contact,
            {**new, "organisation_id": acme, "email": people.contact.email},
        ),
        ("email", change_address, {"person_id": people.contact.pk, "email": "nowhere"}),
        ("email", change_address, {"person_id": people.contact.pk, "email": people.agent.email}),
        ("text", leave_remark, {"organisation_id": acme, "text": " "}),
        (
            "calendar",
            set_hours,
            {"person_id": anton, "hours": {"zone": "PST", "week": {"mon": "09:00-17:00"}}},
        ),
        ("to_at", add_absence, {"person_id": anton, "from_at": YEARS_AGO, "to_at": YEARS_AGO}),
        ("accent", brand, {"branding": Branding(accent="#ffee00")}),
        ("logo", brand, {"branding": Branding(logo=b"<svg>")}),
        ("support_address", brand, {"branding": Branding(support_address="help")}),
        ("from_address", set_outgoing, {"outgoing": Outgoing(host="a.test", from_address="me")}),
        ("after_days", set_closing, {"after_days": 0}),
        ("team", assign, {"ticket_id": ticket, "team_id": NOBODY, "assignee_id": None}),
        (
            "assignee",
            assign,
            {"ticket_id": ticket, "team_id": None, "assignee_id": people.contact.pk},
        ),
        ("priority", prioritise, {"ticket_id": ticket, "priority": "9"}),
        ("subject", retitle, {"ticket_id": ticket, "subject": " "}),
        ("on", wait, {"ticket_id": ticket, "on": "godot"}),
        ("text", reply, {"ticket_id": ticket, "text": "\u200b"}),
        ("text", note, {"ticket_id": ticket, "text": " "}),
    ]


def test_what_cannot_be_used_is_refused_by_its_field_and_changes_nothing(people: Cast) -> None:
    given, boss = rows(people), people.actor("owner")
    before, wrong = counted(), []
    for field, action, facts in given:
        try:
            with transaction.atomic():
                action(actor=boss, at=MONDAY, **facts)
            found: object = "taken as good"
        except Invalid as refusal:
            found = refusal.field
        if found != field:
            wrong.append(f"{action.__name__}: {found} instead of {field}")
    assert not wrong, "\n".join(wrong)
    assert counted() == before


def test_every_action_that_may_be_given_what_cannot_be_used_is_given_it(people: Cast) -> None:
    told = {action.__name__ for _, action, _ in rows(people)}
    named = {
        name
        for name, action in of_the_desk.every_action().items()
        if "Invalid" in (action.__doc__ or "")
    }
    assert named - told == BESIDE_WHAT_THEY_DO
