"""The list of customers: found by the words of their name, a page at a time, each with its plan."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery
from django.db.models import OuterRef, Subquery

from duly.desk.access.actor import Actor
from duly.desk.access.people import organisations_visible_to
from duly.desk.agreements.subscription import Binding
from duly.desk.people.words import words_of
from duly.desk.queries.sought import read_sought
from duly.desk.tickets.wording import LANGUAGE

SIZE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationLine:
    """A customer; of several plans the one agreed last."""

    id: int
    name: str
    zone: str
    plan: str
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisations:
    """A page of the list; `after` is where the next begins, empty on the last."""

    lines: tuple[OrganisationLine, ...]
    after: str


def organisations(actor: Actor, sought: str, after: str, at: datetime) -> Organisations:
    """Read a page, by name. One statement, however many there are."""
    rows = organisations_visible_to(actor).order_by("name")
    query = read_sought(sought).query
    if query:
        words = SearchQuery(query, config=LANGUAGE, search_type="raw")
        rows = rows.annotate(words=words_of("name")).filter(words=words)
    if after:
        rows = rows.filter(name__gt=after)
    held = Binding.objects.filter(subscription__organisation=OuterRef("pk"), from_at__lte=at)
    plan = Subquery(held.order_by("-from_at", "-pk").values("plan_name")[:1])
    found = list(rows.annotate(plan=plan)[: SIZE + 1])
    lines = tuple(
        OrganisationLine(
            id=row.pk, name=row.name, zone=row.zone, plan=row.plan or "", is_active=row.is_active
        )
        for row in found[:SIZE]
    )
    return Organisations(lines=lines, after=lines[-1].name if len(found) > SIZE else "")
