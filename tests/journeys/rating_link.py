"""Say where the letter about a resolved ticket leads.

`python -m tests.journeys.rating_link [NUMBER]`, in the environment of an installation; without a number the last one.
"""

import sys

import django


def main() -> None:
    django.setup()
    from duly.desk.tickets.rating import rating_key
    from duly.desk.tickets.ticket import Ticket

    resolved = Ticket.objects.filter(status="resolved", rating=None).order_by("number")
    ticket = resolved.get(number=int(sys.argv[1])) if sys.argv[1:] else resolved.reverse()[0]
    print(f"/rating/{rating_key(ticket.pk, ticket.requester_id)}/")  # noqa: T201


if __name__ == "__main__":
    main()
