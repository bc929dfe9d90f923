"""The pages of a full desk: those with gates of their own, then every other one that shows many tickets."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.test import Client

from bench._desk_furnish import TAG, Desk
from bench._desk_load import COMMON, RARE
from bench._desk_measure import HOST, RUNS, bench, is_
from bench._report import Report
from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket

STATEMENTS, TIMES = 12, 20.0
COMMON_MS = 100.0
OTHERS_RUNS = 10


def measure(desk: Desk, now: datetime, report: Report) -> None:
    """Measure the pages on which people work a hundred times each, all others ten times."""
    agent, owner, customer = (
        _signed_in(person)
        for person in (
            desk.agents[0],
            Person.objects.get(name="Olga"),
            desk.customers[0].contact,
        )
    )
    with bench(report) as its:

        def page(what: str, job: Callable[[], object], runs: int) -> float:
            return its.compare(what, job, runs, statements=STATEMENTS, times=TIMES)

        for what, address in _worked_on(desk):
            page(what, _reading(agent, address, shows=b"/desk/tickets/"), RUNS)
        page("search, a rare word", _reading(agent, f"/desk/search/?q={RARE}"), RUNS)
        took = page("search, a common word", _reading(agent, f"/desk/search/?q={COMMON}"), RUNS)
        report.gate("search by a common word, ms", took, at_most=COMMON_MS)
        for who, pages in ((agent, _of_agents), (owner, _of_owners), (customer, _of_customers)):
            for what, address in pages(desk, now):
                with report.part(what):
                    page(what, _reading(who, address), OTHERS_RUNS)


def _worked_on(desk: Desk) -> Iterator[tuple[str, str]]:
    yield "queue", "/desk/"
    yield "queue of a team", f"/desk/team/{desk.teams[0]}/"
    yield "queue of an organisation", f"/desk/?organisation={desk.customers[0].organisation}"
    yield "ticket with 20 messages", f"/desk/tickets/{Ticket.objects.latest('pk').number}/"


def _of_agents(desk: Desk, now: datetime) -> Iterator[tuple[str, str]]:
    largest = desk.customers[0]
    yield "queue, most critical first", "/desk/queue/critical/"
    yield "queue, nobody's", "/desk/queue/unassigned/"
    yield "queue, the newest", "/desk/?sort=newest"
    yield "queue by a filter that nothing fits", "/desk/?state=aside"
    yield "queue by a rare channel", "/desk/?channel=phone"
    yield "queue by a tag of very many closed tickets", f"/desk/?tag={TAG}"
    yield "queue by four filters", f"/desk/?tag={TAG}&channel=phone&state=open&assignee=me"
    yield "my day", "/desk/day/"
    yield "load of the teams", "/desk/load/"
    yield "wall", "/desk/wall/"
    yield "organisations", "/desk/organisations/"
    yield "organisation with most tickets", f"/desk/organisations/{largest.organisation}/"
    yield "person with most tickets", f"/desk/people/{largest.contact.pk}/"
    yield "ticket that was closed long ago", f"/desk/tickets/{_old(desk)}/"
    year_ago = f"{now - timedelta(days=365):%Y-%m-%d}"
    for what, typed in (
        ("a common and a rare word", f"{COMMON}+{RARE}"),
        ("nothing is called so", "from:nobody"),
        ("of an organisation", f"org:%22Organisation+1%22+{COMMON}"),
        ("opened before a year ago", f"before:{year_ago}+{COMMON}"),
        ("unfinished", "is:unfinished"),
        ("of a tag", f"tag:{TAG}"),
    ):
        yield f"search: {what}", f"/desk/search/?q={typed}"


def _of_owners(desk: Desk, now: datetime) -> Iterator[tuple[str, str]]:
    last_month = now.replace(day=1) - timedelta(days=1)
    for by in ("month", "plan", "priority", "organisation", "team", "kind"):
        yield f"promises kept of a year, by {by}", f"/desk/reports/?by={by}"
    for name in ("promises", "answers", "load", "backlog", "satisfaction", "reviews"):
        yield f"reports: {name}", f"/desk/reports/{name}/"
    review = f"{desk.customers[0].organisation}/{last_month:%Y-%m}"
    yield "review of the largest customer", f"/desk/reports/reviews/{review}/"
    for name in ("audit", "people", "subscriptions", "policies", "outgoing"):
        yield f"setup: {name}", f"/desk/setup/{name}/"


def _of_customers(desk: Desk, _now: datetime) -> Iterator[tuple[str, str]]:
    yield "customer: tickets", "/tickets/"
    yield "customer: tickets of the past", "/tickets/?past=1"
    yield "customer: plan", "/plan/"
    yield "customer: new ticket", "/tickets/new/"
    yield "customer: ticket that was closed long ago", f"/tickets/{_old(desk)}/"
    yield "customer: search, a common word", f"/tickets/search/?q={COMMON}"


def _old(desk: Desk) -> int:
    """A ticket of the largest customer from the desk's first days."""
    return Ticket.objects.filter(organisation=desk.customers[0].organisation).earliest("pk").number


def _signed_in(person: Person) -> Client:
    client = Client(SERVER_NAME=HOST)
    client.force_login(person)
    return client


def _reading(client: Client, address: str, *, shows: bytes = b"") -> Callable[[], object]:
    def read() -> None:
        answer = client.get(address)
        is_(200, answer)
        assert shows in answer.content, f"{address} shows no ticket"

    return read
