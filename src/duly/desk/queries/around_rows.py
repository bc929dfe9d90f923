"""The rows around a ticket, as arrays of plain values that one statement brings along with its row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import JSONObject

from duly.core.clock.values import State
from duly.desk.access.actor import Actor
from duly.desk.access.mail import mails_visible_to
from duly.desk.access.tickets import agents_who_see, visible_to
from duly.desk.agreements.named_person import NamedPerson
from duly.desk.clocks.clock import Clock
from duly.desk.people.person import Person
from duly.desk.people.role import Right
from duly.desk.people.team import Team
from duly.desk.queries.fields import COLUMNS
from duly.desk.tickets.answer import Answer
from duly.desk.tickets.attachment import Attachment
from duly.desk.tickets.draft import Draft
from duly.desk.tickets.field import Field, FieldValue
from duly.desk.tickets.pending_reply import PendingReply
from duly.desk.tickets.presence import LOOKING, WRITING, Presence
from duly.desk.tickets.tag import Follower, Tagging
from duly.desk.tickets.ticket import UNFINISHED, Ticket

FEW = 5
LATEST = 50
"""How many of a customer's latest tickets tell how promises to them were kept: a sum that costs the same for all."""


def rows_around(actor: Actor, row: Ticket, at: datetime) -> Mapping[str, Any]:
    """Read them all. One statement."""
    lists = {**_on_the_ticket(row), **_of_people(actor, row, at), **_of_the_customer(actor, row)}
    single = {
        "into": F("merged_into__number"),
        "clauses": KeyTransform("clauses", "binding__version__document"),
    }
    rows = Ticket.objects.annotate(**single, **lists)
    found: dict[str, Any] = rows.values(*single, *lists).get(pk=row.pk)
    # What the actor may see nothing of is no array but nothing.
    return found | {name: found[name] or [] for name in lists}


def _on_the_ticket(row: Ticket) -> dict[str, Combinable]:
    words = Q(message__ticket=row.pk) | Q(note__ticket=row.pk)
    tags = Tagging.objects.filter(ticket=row.pk).order_by("tag__name")
    return {
        "tag_names": ArraySubquery(tags.values("tag__name")),
        "told": _array(Answer.objects.filter(ticket=row.pk).order_by("pk"), key="key", text="text"),
        "fields": _array(Field.objects.all(), **{column: column for column in COLUMNS}),
        "values": _array(
            FieldValue.objects.filter(ticket=row.pk),
            id="pk",
            field="field_id",
            text="text",
            is_current="is_current",
        ),
        "files": _array(
            Attachment.objects.filter(words).order_by("pk"),
            id="pk",
            message="message_id",
            note="note_id",
            name="name",
            size="file__size",
            media_type="file__media_type",
            sha256="file__sha256",
        ),
    }


def _of_people(actor: Actor, row: Ticket, at: datetime) -> dict[str, Combinable]:
    sees = Q(grants__role__rights__contains=[Right.SEE_TICKETS.value])
    agents = Person.objects.filter(sees, is_active=True).distinct().order_by("name", "email")
    drafts = Draft.objects.filter(ticket=row.pk, person=actor.person_id)
    sending = PendingReply.objects.filter(ticket=row.pk)
    there = Presence.objects.filter(ticket=row.pk, looked_at__gt=at - LOOKING)
    teams = Team.objects.exclude(pk__in=list(actor.barred_teams)).order_by("name")
    mails = mails_visible_to(actor).filter(ticket=row.pk)
    named = NamedPerson.objects.filter(subscription=row.subscription_id, person__is_active=True)
    return {
        "teams": _array(teams, id="pk", name="name"),
        "agents": _array(agents, id="pk", name="name", email="email"),
        "mentionable": _array(
            agents_who_see(row).exclude(pk=actor.person_id or 0),
            id="pk",
            name="name",
            email="email",
        ),
        "following": _array(
            Follower.objects.filter(ticket=row.pk).order_by("person__name"), **_person("person")
        ),
        "draft_texts": _array(drafts, of="of", text="text", files="files"),
        "own": _array(
            sending.filter(person=actor.person_id),
            text="text",
            files="files",
            leaves_at="leaves_at",
            problem="problem",
        ),
        "sending": _array(
            sending.exclude(person=actor.person_id).filter(leaves_at__isnull=False),
            **_person("person"),
        ),
        "looking": _array(
            there.exclude(person=actor.person_id).order_by("person__name"), **_person("person")
        ),
        "writing": _array(
            there.filter(wrote_at__gt=at - WRITING).exclude(person=actor.person_id), id="person_id"
        ),
        "mails": _array(mails, id="pk", message="message_id", note="note_id", labels="labels"),
        "named": _array(named, place="place", **_person("person")),
    }


def _of_the_customer(actor: Actor, row: Ticket) -> dict[str, Combinable]:
    customers = visible_to(actor).filter(
        **({"organisation": row.organisation_id} if row.organisation_id else _alone(row))
    )
    others = customers.filter(status__in=UNFINISHED).exclude(pk=row.pk)
    latest = customers.order_by("-opened_at").values("pk")[:LATEST]
    settled = Clock.objects.filter(
        ticket__in=latest, state__in=_SETTLED, is_binding=True, due_at__isnull=False
    )
    states = settled.order_by().values("state").annotate(count=Count("pk"))
    return {
        "others": _array(others.order_by("-opened_at")[:FEW], number="number", subject="subject"),
        "settled": ArraySubquery(states.values(json=JSONObject(state="state", count="count"))),
    }


def _alone(row: Ticket) -> dict[str, Any]:
    return {"requester": row.requester_id, "organisation": None}


_SETTLED = (State.MET.value, State.MISSED.value)


def _person(where: str) -> dict[str, str]:
    return {"id": f"{where}_id", "name": f"{where}__name", "email": f"{where}__email"}


def _array(rows: QuerySet[Any], **columns: str) -> ArraySubquery:
    return ArraySubquery(rows.values(json=JSONObject(**columns)))
