"""Fill the desk of a home, and say all that it holds.

`python -m tests.cli.furnish fill HOME`, `… more HOME`, `… say HOME`
"""

import hashlib
import json
import sys
from datetime import timedelta
from pathlib import Path

from duly.cli.home import Home
from duly.cli.installation import with_database

CONTENTS = (b"a picture", b"\x00\xff" * 200_000)
"""What the attachments hold: a small one, and one of several chunks."""


def fill() -> None:
    """Tickets with promises, words and attachments, and a sealed day."""
    from django.core.management import call_command

    from duly.desk.actions.setup.seal import seal_day
    from duly.desk.actions.tickets.open import open_ticket
    from duly.desk.actions.tickets.reply import reply
    from duly.desk.tickets.attachment import Attachment, StoredFile, put
    from tests.desk.people import MONDAY, cast
    from tests.desk.policies import published, subscribed

    call_command("migrate", verbosity=0)
    people = cast()
    subscribed(people, published(people))
    contact, agent = people.actor("contact"), people.actor("agent")
    for number, content in enumerate(CONTENTS):
        ticket = open_ticket(
            actor=contact, subject="Käse", text="Schön ☃.", priority="1", at=MONDAY
        )
        reply(actor=agent, ticket_id=ticket.pk, text="Ja?", at=MONDAY + timedelta(hours=number))
        file = StoredFile.objects.create(
            sha256=put(content), size=len(content), media_type="image/png", stored_at=MONDAY
        )
        message = ticket.messages.get(is_from_agent=False)
        Attachment.objects.create(file=file, message=message, name="../../x.png")
    seal_day(at=MONDAY + timedelta(days=1))


def more() -> None:
    """One ticket more than a backup holds."""
    from duly.desk.access.actor import actor_for
    from duly.desk.actions.tickets.open import open_ticket
    from duly.desk.people.person import Person
    from tests.desk.people import MONDAY

    clara = actor_for(Person.objects.get(name="Clara"), via="web")
    open_ticket(actor=clara, subject="More", text="More.", priority="2", at=MONDAY)


def say(home: Home) -> None:
    """Every row of every table, every attachment, and the key, each as a digest."""
    from django.db import connection

    found = {"secret_key": home.secret("secret_key")}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            rows = cursor.fetchall()
            found[table] = f"{len(rows)} {hashlib.sha256(str(rows).encode()).hexdigest()}"
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'refuse_change'")
        found["triggers"] = str(cursor.fetchone())
    for file in sorted((home.path / "attachments").glob("*/*")):
        found[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    sys.stdout.write(json.dumps(found))


def main() -> None:
    home = Home(Path(sys.argv[2]))
    with with_database(home, "is furnished") as installation:
        installation.enter()
        if sys.argv[1] == "say":
            say(home)
        else:
            {"fill": fill, "more": more}[sys.argv[1]]()


if __name__ == "__main__":
    main()
