"""Let the demonstration have what pages show besides, and say where that is: a name and an address a line.

`python -m tests.journeys.furnish_rest`, in the environment of such an installation, after `furnish_ladder`.
"""

from datetime import datetime
from typing import TYPE_CHECKING

import django

from tests.journeys.furnish import POLICY

if TYPE_CHECKING:
    from duly.desk.access.actor import Actor


def main() -> None:
    django.setup()
    from duly.channels import wall_clock

    at = wall_clock.now()
    setup(at)
    two_organisations(at)
    for name, address in (
        ("screen", screen(at)),
        ("batch", batch(at)),
        ("rating", ratings(at)),
        ("unreached", unreached(at)),
    ):
        print(name, address)  # noqa: T201


def setup(at: datetime) -> None:
    """Macros, a field, a shared view, another version, a draft with a fault in it, a customer's own hours."""
    from duly.desk.actions.agreements.draft_policy import keep_policy_draft
    from duly.desk.actions.agreements.publish import publish
    from duly.desk.actions.agreements.set_calendar import set_calendar
    from duly.desk.actions.fields.define import Asked, add_field
    from duly.desk.actions.macros.keep import MacroWords, add_macro
    from duly.desk.actions.views.save import save_view
    from duly.desk.actions.views.share import share_view
    from duly.desk.people.organisation import Organisation
    from duly.desk.tickets.saved_view import SharedWith
    from duly.desk.tickets.selection import Filters, Selection

    owner, lead = actor("ida"), actor("mara")
    for name, text in (
        (
            "Ask for the log",
            "Hello {{ customer.first_name }}, could you send us the log of the last hour?",
        ),
        ("It is mended", "The cause is found and mended. Please tell us if it comes back."),
    ):
        add_macro(actor=owner, words=MacroWords(name=name, text=text), is_own=False, at=at)
    causes = Asked(name="Cause", choices=("Certificate", "Index", "Hardware"))
    add_field(actor=owner, kind="choice", asked=causes, at=at)
    nobodys = Selection(filters=Filters(assignee="nobody"))
    save_view(actor=actor("jonas"), name="Still without an agent", selection=nobodys, at=at)
    view = save_view(actor=lead, name="Nobody has these", selection=nobodys, at=at)
    share_view(actor=lead, view_id=view.pk, shared_with=SharedWith.EVERYBODY, at=at)
    source = POLICY.read_text(encoding="utf-8").replace("version: undated", "version: second")
    publish(actor=owner, source=source.replace("1: 8 business", "1: 6 business"), at=at)
    faulty = source.replace("Europe/Berlin", "Europe/Barlin")
    keep_policy_draft(actor=owner, source=faulty, cases="", at=at)
    set_calendar(
        actor=owner,
        organisation_id=Organisation.objects.get(name="Kontor Archive").pk,
        calendar={"zone": "Europe/Berlin", "week": {"mon-fri": "08:00-16:00"}},
        at=at,
    )


def two_organisations(at: datetime) -> None:
    """Sven manages another organisation, too."""
    from duly.desk.actions.people.invite import invite_contact
    from duly.desk.actions.people.organise import add_organisation
    from duly.desk.people.standard_roles import MANAGER

    owner = actor("ida")
    wharf = add_organisation(actor=owner, name="Segel Werft", zone="Europe/Berlin", at=at)
    invite_contact(
        actor=owner,
        organisation_id=wharf.pk,
        email="sven@segel.example",
        name="Sven",
        role=MANAGER,
        at=at,
    )


def screen(at: datetime) -> str:
    from duly.desk.actions.setup.screens import put_up_screen
    from duly.web.wall import address_of

    screen = put_up_screen(
        actor=actor("ida"),
        name="Support, second floor",
        team_id=None,
        names_customers=True,
        at=at,
    )
    return address_of(screen.pk)


def batch(at: datetime) -> str:
    """Jonas takes some tickets, one of which is closed already."""
    from django.urls import reverse

    from duly.desk.actions.tickets.many import act_on_many
    from duly.desk.tickets.ticket import Ticket

    still_open = Ticket.objects.exclude(status__in=("resolved", "closed")).order_by("number")[:3]
    closed = Ticket.objects.filter(status="closed").order_by("number")[:1]
    jonas = actor("jonas")
    done = act_on_many(
        actor=jonas,
        verb="assign",
        ticket_ids=[ticket.pk for ticket in (*still_open, *closed)],
        facts={"assignee": jonas.person_id},
        key="pictures",
        at=at,
    )
    return reverse("agent:batch", args=[done.pk])


def ratings(at: datetime) -> str:
    """Some are rated, the last that is resolved may be."""
    from django.urls import reverse

    from duly.desk.access.actor import actor_for
    from duly.desk.actions.tickets.rate import rate
    from duly.desk.tickets.rating import rating_key
    from duly.desk.tickets.ticket import Ticket

    *some, last = Ticket.objects.filter(status__in=("resolved", "closed")).order_by("number")
    for place, ticket in enumerate(some[:6]):
        words = "" if place % 3 else "Nobody told me for two days what was happening."
        rate(
            actor=actor_for(ticket.requester, via="portal"),
            ticket_id=ticket.pk,
            verdict="good" if place % 3 else "poor",
            words=words,
            at=at,
        )
    return reverse("rating", args=[rating_key(last.pk, last.requester_id)])


def unreached(at: datetime) -> str:
    """A letter to Claire came back."""
    from django.urls import reverse

    from duly.desk.actions.deliveries.undelivered import undelivered
    from duly.desk.mailroom.delivery import Delivery
    from duly.desk.people.person import Person

    claire = Person.objects.get(email="claire@morin.example")
    letter = Delivery.objects.create(person=claire, message_id="pictures", made_at=at)
    undelivered(delivery_id=letter.pk, because="550 5.1.1 No such mailbox here", at=at)
    return reverse("agent:person", args=[claire.pk])


def actor(key: str) -> "Actor":
    from duly.desk.access.actor import actor_for
    from duly.desk.people.person import Person

    return actor_for(Person.objects.get(email=f"{key}@desk.example"), via="web")


if __name__ == "__main__":
    main()
