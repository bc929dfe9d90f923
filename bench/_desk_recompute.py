"""Other terms for every open ticket: agreed for tomorrow, and moved by workers when it has come."""

import os
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from time import perf_counter

from bench._cpu import spent
from bench._desk_furnish import PLANS, POLICIES, Desk
from bench._desk_load import shared
from bench._report import Report
from duly.desk.access.actor import the_desk
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.move import move
from duly.desk.actions.agreements.publish import publish
from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.actions.tickets.wake import wake
from duly.desk.agreements.subscription import Subscription
from duly.desk.people.organisation import Organisation
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Status, Ticket

RECOMPUTED_A_SECOND = 20_000
ROUND = 200
WORKERS = min(4, os.cpu_count() or 1)
DAY = timedelta(days=1)
VERSION = re.compile(r"^version: .*$", re.MULTILINE)
HOLIDAYS = re.compile(r"holidays: (?:\{(country: .*)\}|unknown)$", re.MULTILINE)
HOURS = re.compile(r"\b(\d+) (business )?hours?( on [\w-]+)?(?=[,}]|$)", re.MULTILINE)


def measure(desk: Desk, now: datetime, report: Report) -> None:
    """Let every calendar get a holiday, then most targets an hour more; workers move the open tickets each time."""
    with report.part("a holiday for every open ticket"):
        _edition(desk, now)
        _recomputed("a holiday", now + 2 * DAY, report)
    with report.part("other targets for every open ticket"):
        _versions(desk, now + 2 * DAY, "slower", lambda source: HOURS.sub(_an_hour_more, source))
        _recomputed("other targets", now + 4 * DAY, report)


def _edition(desk: Desk, now: datetime) -> None:
    """Close every calendar on the first working day from five days ahead on."""
    day = next(on for n in range(5, 9) if (on := (now + n * DAY).date()).weekday() < 5)
    for customer in desk.customers:
        row = Organisation.objects.get(pk=customer.organisation)
        assert isinstance(row.calendar, dict), "each has one edition"
        calendar = {**row.calendar, "holidays": [day.isoformat()]}
        since = (now + DAY).date()
        set_calendar(
            actor=desk.boss,
            organisation_id=row.pk,
            calendar=calendar,
            from_on=since,
            at=now,
        )
    _versions(desk, now, "closed", lambda source: HOLIDAYS.sub(partial(_closed, day), source))


def _closed(day: date, stated: re.Match[str]) -> str:
    return f"holidays: {{{stated[1]}, also: [{day}]}}" if stated[1] else f"holidays: [{day}]"


def _an_hour_more(stated: re.Match[str]) -> str:
    return f"{int(stated[1]) + 1} {stated[2] or ''}hours{stated[3] or ''}"


def _versions(desk: Desk, now: datetime, name: str, edit: Callable[[str], str]) -> None:
    """Agree for tomorrow a version of each policy whose text is another by an edit."""
    for number, (key, _) in enumerate(PLANS):
        text = (POLICIES / f"{key}.yaml").read_text()
        if edit(text) == text:
            continue
        source = VERSION.sub(f"version: {name}", edit(text), count=1)
        version = publish(actor=desk.boss, source=source, at=now).pk
        for customer in desk.customers[number :: len(PLANS)]:
            its = customer.subscription
            move(
                actor=desk.boss, subscription_id=its, version_id=version, at=now, from_at=now + DAY
            )


def _recomputed(what: str, at: datetime, report: Report) -> None:
    wake_all(at=at)
    subscriptions = Subscription.objects.filter(wakes_at__lte=at)
    concerned = Ticket.objects.filter(subscription__in=subscriptions.values("pk"))
    many = concerned.exclude(status=Status.CLOSED.value).count()
    known = Event.objects.filter(kind="moved").count()
    began = perf_counter()
    with spent() as used:
        shared(WORKERS, lambda _: _let_them_come(at))
    took, moved = perf_counter() - began, Event.objects.filter(kind="moved").count() - known
    report.figure(f"{what}: open tickets, and of these moved", f"{many:,}, {moved:,}")
    report.gate(f"{what}, tickets a second", many / took, at_least=RECOMPUTED_A_SECOND)
    report.figure(f"{what}, a ticket", used.said(many))


def wake_all(at: datetime) -> None:
    """Let time pass first, so that what is measured is the recomputing alone."""
    while wake(at=at, limit=ROUND):
        pass


def _let_them_come(at: datetime) -> None:
    come_into_force(actor=the_desk("timer"), at=at, limit=Subscription.objects.count())
