"""Furnish a desk for journeys: Acme holds PhotoPrism's Gold plan, Clara reports, Anton answers.

`python -m tests.journeys.furnish`, in the environment of an installation.
"""

from datetime import date
from pathlib import Path

import django

PASSWORD = "a long enough password"
POLICY = Path(__file__).parents[2] / "policies" / "photoprism.yaml"


def main() -> None:
    django.setup()
    from duly.desk.actions.agreements.publish import publish
    from duly.desk.actions.agreements.subscribe import subscribe
    from duly.desk.actions.fields.define import Asked, add_field
    from duly.desk.people.person import Person
    from tests.desk.people import MONDAY, cast

    people = cast()
    owner = people.actor("owner")
    version = publish(actor=owner, source=POLICY.read_text(encoding="utf-8"), at=MONDAY)
    subscribe(
        actor=owner,
        organisation_id=people.acme.pk,
        version_id=version.pk,
        held={"plan": "gold"},
        from_on=date(2026, 1, 1),
        at=MONDAY,
    )
    cause = Asked(name="Cause", choices=("Wind", "Rain"))
    add_field(actor=owner, kind="choice", asked=cause, at=MONDAY)
    for person in Person.objects.all():
        person.set_password(PASSWORD)
        person.save()


if __name__ == "__main__":
    main()
