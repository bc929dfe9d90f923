"""Say where the letter about a resolved ticket leads.

`python -m tests.journeys.rating_link NUMBER`, in the environment of an installation.
"""

import sys

import django


def main() -> None:
    django.setup()
    from duly.desk.tickets.rating import rating_key
    from duly.desk.tickets.ticket import Ticket

    ticket = Ticket.objects.get(number=int(sys.argv[1]))
    print(f"/rating/{rating_key(ticket.pk, ticket.requester_id)}/")  # noqa: T201


if __name__ == "__main__":
    main()
