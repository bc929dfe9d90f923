"""Who may ask for what: a table written by hand, walked for every address, role and method."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from duly.desk.actions.agreements.draft_policy import keep_policy_draft
from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.actions.fields.define import Asked, add_field
from duly.desk.actions.macros.keep import MacroWords, add_macro
from duly.desk.actions.people.remark import leave_remark
from duly.desk.actions.people.set_hours import set_hours
from duly.desk.actions.setup.brand import Branding, brand
from duly.desk.actions.setup.screens import put_up_screen
from duly.desk.actions.tickets.many import act_on_many
from duly.desk.actions.views.save import save_view
from duly.desk.actions.views.share import share_view
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.tickets.rating import rating_key
from duly.desk.tickets.saved_view import SharedWith
from duly.desk.tickets.selection import Selection
from duly.desk.tickets.ticket import Ticket
from duly.web import assets
from duly.web.files import picture_address
from duly.web.fresh import fresh_address
from duly.web.urls import urlpatterns
from duly.web.wall import address_of
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL
from tests.web.mails import PNG, as_by_mail, held_mail

TABLE = Path(__file__).with_name("access_table.txt")
NOWHERE = "/nothing/of/the/kind/"
SENT = {
    "text": "Words.",
    "subject": "A subject",
    "name": "A name",
    "verb": "tag",
    "added": "a-tag",
    "key": "a-key-of-its-own",
    "priority": "2",
    "theme": "dark",
    "seen": "",
    "mark": "workaround",
    "level": "1",
}


OF_ACME = tuple(
    f"portal:{name}"
    for name in (
        "organisation",
        "support-list",
        "technical",
        "invite",
        "end-place",
        "zone",
        "hours",
    )
)


@dataclass(frozen=True)
class Cell:
    method: str
    address: str
    who: str
    expected: str


def rows() -> list[Cell]:
    lines = [
        line.split()
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    people = lines[0][2:]
    return [
        Cell(method, address, who, expected)
        for method, address, *cells in lines[1:]
        for who, expected in zip(people, cells, strict=True)
    ]


def cells_of(who: str) -> list[Cell]:
    return [cell for cell in rows() if cell.who == who]


def views(patterns: list[Any], space: str = "") -> dict[str, Any]:
    """Every view of our pages by its name, which no other view has."""
    found: dict[str, Any] = {}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            own = f"{pattern.app_name}:" if pattern.app_name else space
            more = views(pattern.url_patterns, own)
        else:
            assert isinstance(pattern, URLPattern)
            more = {f"{space}{pattern.name}": pattern.callback}
        for name in found.keys() & more.keys():
            assert found[name] is more[name], f"two views are called {name}"
        found |= more
    return found


def test_every_view_declares_its_rule() -> None:
    rules = {name: getattr(view, "access", None) for name, view in views(urlpatterns).items()}
    assert set(rules.values()) == {"anybody", "people", "agents", "customers"}
    assert not [name for name, rule in rules.items() if rule is None]


def test_the_table_has_a_row_for_every_method_of_every_view() -> None:
    declared = {(m, name) for name, view in views(urlpatterns).items() for m in view.methods}
    assert {(cell.method, cell.address) for cell in rows()} == declared


def shared_view(people: Cast) -> int:
    lead = people.actor("lead")
    view = save_view(actor=lead, name="Lena's", selection=Selection(), at=MONDAY)
    share_view(actor=lead, view_id=view.pk, shared_with=SharedWith.EVERYBODY, at=MONDAY)
    return view.pk


def batch(people: Cast, ticket: Ticket) -> int:
    return act_on_many(
        actor=people.actor("agent"),
        verb="wait",
        ticket_ids=[ticket.pk],
        facts={"on": "third_party"},
        key="k",
        at=MONDAY,
    ).pk


@pytest.fixture
def addresses(ticket: Ticket, people: Cast) -> dict[str, str]:
    number = ticket.number
    enclosed, mail = as_by_mail(ticket), held_mail()
    version_id = PolicyVersion.objects.values_list("pk", flat=True)[0]
    keep_hours(people)
    look_of_ones_own(people)
    draft_id = keep_policy_draft(actor=people.actor("owner"), source=SMALL, cases="", at=MONDAY).pk
    anton = batch(people, ticket)
    screen_id = put_up_screen(
        actor=people.actor("owner"), name="Hall", team_id=None, names_customers=False, at=MONDAY
    ).pk
    remark = leave_remark(
        actor=people.actor("owner"), person_id=people.contact.pk, text="Kind.", at=MONDAY
    )
    words = MacroWords(name="Hello", text="Hello.")
    macro = add_macro(actor=people.actor("owner"), words=words, is_own=False, at=MONDAY)
    asked = Asked(name="Cause", is_for_customers=True)
    field = add_field(actor=people.actor("owner"), kind="text", asked=asked, at=MONDAY)
    named: dict[str, list[Any]] = {
        "plan": ["small"],
        "rating": [rating_key(ticket.pk, people.contact.pk)],
        "quote": ["small"],
        **{name: [people.acme.pk] for name in OF_ACME},
        "portal:choice": [people.acme.pk, ticket.subscription_id, "window"],
        "agent:mail": [mail.pk],
        "agent:macros": [number],
        "agent:keep": [people.acme.pk, "remark"],
        "agent:invite": [people.acme.pk],
        "agent:person": [people.contact.pk],
        "agent:keep-person": [people.contact.pk, "remark"],
        "agent:unsay": [remark.pk, "remove"],
        "agent:subscribe": [people.acme.pk],
        "agent:hours": [people.acme.pk],
        "agent:subscription": [people.acme.pk, ticket.subscription_id],
        "agent:agree": [people.acme.pk, ticket.subscription_id, "end"],
        "agent:use-macro": [number, macro.pk],
        "setup:macro": [macro.pk],
        "setup:remove-macro": [macro.pk],
        "setup:put-macro-back": [macro.pk],
        "setup:field": [field.pk],
        "setup:step-field": [field.pk, "down"],
        "setup:mailbox": [mail.mailbox_id],
        "setup:letters": ["customer", "en"],
        "setup:letter": ["customer", "en", "opened"],
        "setup:test-mailbox": [mail.mailbox_id],
        "setup:believe": [mail.mailbox_id],
        "setup:policy": ["small"],
        "brand-style": ["any"],
        "brand-logo": ["any"],
        "plan-calendar": ["small", "office"],
        "setup:calendar": ["small", "office"],
        "setup:organisation-calendar": [people.acme.pk],
        "setup:agent-hours": [people.agent.pk],
        "setup:agent": [people.agent.pk],
        "setup:do-agent": [people.agent.pk, "no-hours"],
        "setup:invite-again": [people.agent.pk],
        "setup:team": [people.team.pk],
        "setup:role": ["agent"],
        "setup:drop-role": ["agent"],
        "setup:move": [version_id],
        "setup:draft": [draft_id],
        "setup:drop-draft": [draft_id],
        "setup:review-draft": [draft_id],
        "setup:post-address": [mail.mailbox_id],
        "setup:sign-in": [mail.mailbox_id],
        "mail-in": [mail.mailbox_id],
        "agent:raw-mail": [mail.pk],
        "agent:decide-mail": [mail.pk, "spam"],
        "original": [ticket.messages.get().pk],
        "file": [enclosed.pk],
        "picture": [picture_address(people.contact, enclosed.pk).split("/")[-2]],
        "agent:batch": [anton],
        "agent:revoke-screen": [screen_id],
        "screen": [address_of(screen_id).split("/")[-2]],
        "agent:take-back-many": [anton],
        "agent:view": [shared_view(people)],
        "agent:change-view": [shared_view(people), "edit"],
        "agent:team": [people.team.pk],
        "agent:organisation": [people.acme.pk],
        **{
            f"{room}:{name}": [people.acme.pk, "2026-10"]
            for room in ("reports", "portal")
            for name in ("review", "review-csv")
        },
        "asset": [assets.edition(), "duly.css"],
        "portal:why": [number, "first_response", 1],
        "agent:why": [number, "first_response", 1],
        "agent:draft": [number, "reply"],
        "agent:step": [number, "wait"],
        "agent:do": [number, "mark"],
    }
    found = {"fresh": fresh_address(ticket.pk)}
    for name in views(urlpatterns).keys() - {"fresh"}:
        of_ticket = name.split(":")[-1] in (
            "ticket",
            "reply",
            "note",
            "take-back",
            "draft",
            "assign",
            "prioritise",
            "step",
            "do",
            "escalate",
            "rate",
            "object",
            "why",
            "evidence",
            "evidence-file",
            "resolve",
        )
        found[name] = reverse(name, args=named.get(name, [number] if of_ticket else []))
    found["agent:search"] += f"?q={number}"
    found["agent:new"] += f"?who=o{people.acme.pk}&find=carl"
    found["agent:callers"] += "?find=acme"
    found["agent:promised"] += f"?who=p{people.contact.pk}&priority=2"
    return found


def look_of_ones_own(people: Cast) -> None:
    """Give the desk a colour and a logo."""
    branding = Branding(accent="#3b5bdb", logo=PNG)
    brand(actor=people.actor("owner"), branding=branding, at=MONDAY)


def keep_hours(people: Cast) -> None:
    """Give Acme and Anton hours of their own."""
    owner, hours = people.actor("owner"), {"zone": "UTC", "week": {"mon-fri": "09:00-17:00"}}
    set_calendar(actor=owner, organisation_id=people.acme.pk, calendar=hours, at=MONDAY)
    set_hours(actor=owner, person_id=people.agent.pk, hours=hours, at=MONDAY)


@pytest.mark.django_db
@pytest.mark.parametrize("who", sorted({cell.who for cell in rows()}))
def test_the_table_holds_and_the_forbidden_looks_like_the_unknown(
    who: str, people: Cast, addresses: dict[str, str], client: Client
) -> None:
    if who != "nobody":
        client.force_login(getattr(people, who))
    number = Ticket.objects.values_list("number", flat=True).latest("pk")
    sent = {**SENT, "tickets": str(number), "assignee": str(people.agent.pk)}
    unknown = {"GET": client.get(NOWHERE), "POST": client.post(NOWHERE, sent)}
    wrong = []
    # What is forbidden comes first: a page after a deed may say how the deed went.
    for cell in sorted(cells_of(who), key=lambda cell: cell.expected != "."):
        address = addresses[cell.address]
        answer = client.post(address, sent) if cell.method == "POST" else client.get(address)
        if answer.streaming:
            assert b"".join(answer), "a file is read to its end and so closed"
        if (seen := outcome(answer)) != cell.expected:
            wrong.append(f"{cell.method} {cell.address}: {seen} instead of {cell.expected}")
        elif seen == "." and read(answer) != read(unknown[cell.method]):
            wrong.append(f"{cell.method} {cell.address}: tells what is forbidden from what is not")
    assert not wrong


def outcome(answer: HttpResponseBase) -> str:
    if answer.status_code == 302 and answer["Location"].startswith("/account/login/"):
        return "s"
    if answer.status_code == 403 and b"/account/login/?next=" in getattr(answer, "content", b""):
        return "s"
    return {200: "y", 204: "y", 302: "y", 422: "y", 404: ".", 401: "x", 403: "x", 409: "n"}.get(
        answer.status_code, str(answer.status_code)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["theme", "portal:open"])
def test_another_verb_is_refused(name: str, people: Cast, client: Client) -> None:
    client.force_login(people.contact)
    assert client.get(reverse(name)).status_code == 405


@pytest.mark.django_db
def test_a_form_without_its_token_changes_nothing(people: Cast, ticket: Ticket) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.contact)
    answer = client.post(
        reverse("portal:reply", args=[ticket.number]), {"text": "Hello", "key": "k"}
    )
    assert answer.status_code == 403
    assert "Nothing was sent" in answer.content.decode()
    assert ticket.messages.count() == 1


def read(answer: Any) -> tuple[str, dict[str, str]]:
    """What of an answer is the same each time: the page without its form tokens, and its headers."""
    lines = answer.content.decode().splitlines()
    page = "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)
    return page, dict(answer.headers)
