"""Furnish further: Sven manages Segel, which holds a plan of Segment's with a ladder to climb and a window to choose.

`python -m tests.journeys.furnish_ladder`, in the environment of an installation that has an owner.
"""

from datetime import date

import django

from tests.journeys.furnish import PASSWORD, POLICY


def main() -> None:
    django.setup()
    from duly.desk.access.actor import actor_for
    from duly.desk.actions.agreements.publish import publish
    from duly.desk.actions.agreements.subscribe import subscribe
    from duly.desk.actions.people.choose_password import choose_password
    from duly.desk.actions.people.invite import invite_contact
    from duly.desk.actions.people.organise import add_organisation
    from duly.desk.people.person import Person
    from duly.desk.people.standard_roles import ADMINISTRATOR, MANAGER
    from tests.desk.people import MONDAY

    owner = actor_for(Person.objects.filter(grants__role__key=ADMINISTRATOR)[0], via="cli")
    segel = add_organisation(actor=owner, name="Segel", zone="Europe/Berlin", at=MONDAY)
    sven = invite_contact(
        actor=owner,
        organisation_id=segel.pk,
        email="sven@segel.example",
        name="Sven",
        role=MANAGER,
        is_technical_contact=True,
        at=MONDAY,
    )
    choose_password(actor=owner, person_id=sven.pk, password=PASSWORD, at=MONDAY)
    source = POLICY.with_name("segment.yaml").read_text(encoding="utf-8")
    version = publish(actor=owner, source=source, at=MONDAY)
    subscribe(
        actor=owner,
        organisation_id=segel.pk,
        version_id=version.pk,
        held={"plan": "premium", "choices": {"support-window": "gmt"}},
        from_on=date(2026, 1, 1),
        at=MONDAY,
    )


if __name__ == "__main__":
    main()
