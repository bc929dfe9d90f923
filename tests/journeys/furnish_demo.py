"""Furnish a desk with the demonstration, or fill it to bursting.

`python -m tests.journeys.furnish_demo [overfull]`, in the environment of an installation.
"""

import sys
from datetime import datetime
from pathlib import Path

import django

POLICY = Path(__file__).parents[2] / "policies" / "photoprism.yaml"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3
WORDS = "A very long message that goes on and on, as messages do. " * 60


def main() -> None:
    django.setup()
    from duly.channels import wall_clock
    from duly.cli.demo.make import make_demo

    if sys.argv[1:] == ["overfull"]:
        overfill()
    else:
        make_demo(at=wall_clock.now(), policy=POLICY.read_text(encoding="utf-8"))


def overfill() -> None:
    """Open far more tickets than a screen holds, with subjects and messages that fit nowhere."""
    from duly.channels import wall_clock
    from duly.cli.demo.people import SIGN_INS
    from duly.desk.access.actor import actor_for
    from duly.desk.actions.tickets.open import open_ticket
    from duly.desk.actions.tickets.reply import reply
    from duly.desk.people.person import Person

    at = wall_clock.now()
    agent, contact = (
        actor_for(Person.objects.get(email=SIGN_INS[place].email), via="web") for place in (0, 3)
    )
    keep_fields(at)
    opened = [
        open_ticket(
            actor=contact,
            subject=(f"{number} {LONG}")[:290],
            text=f"{WORDS}\n\n`{'x' * 400}`",
            priority=str(number % 4 + 1),
            at=at,
        )
        for number in range(70)
    ]
    for number in range(12):
        reply(actor=agent, ticket_id=opened[0].pk, text=f"{number}. {WORDS}", at=at)
        reply(actor=contact, ticket_id=opened[0].pk, text=f"> {WORDS}\n\n{number}. No.", at=at)


def keep_fields(at: datetime) -> None:
    """Ask for more than anybody wants to tell."""
    from duly.cli.demo.people import OWNER
    from duly.desk.access.actor import actor_for
    from duly.desk.actions.fields.define import Asked, add_field
    from duly.desk.people.person import Person

    owner = actor_for(Person.objects.get(email=OWNER.email), via="web")
    choices = [f"{number} {LONG}"[:100] for number in range(20)]
    for kind in ("choice", "text", "number", "date", "yes_no"):
        for is_for_customers in (True, False):
            asked = Asked(
                name=f"{kind} {LONG}"[:100],
                choices=choices,
                is_for_customers=is_for_customers,
                is_required_to_resolve=kind == "choice",
            )
            add_field(actor=owner, kind=kind, asked=asked, at=at)


if __name__ == "__main__":
    main()
