"""Furnish further: Mona manages Bond, which holds a plan of Neptune's that counts in its own hours.

`python -m tests.journeys.furnish_manager`, in the environment of an installation that `furnish` furnished.
"""

from datetime import date

import django

from tests.journeys.furnish import PASSWORD, POLICY


def main() -> None:
    django.setup()
    from duly.desk.access.actor import actor_for
    from duly.desk.actions.agreements.publish import publish
    from duly.desk.actions.agreements.set_calendar import set_calendar
    from duly.desk.actions.agreements.subscribe import subscribe
    from duly.desk.actions.people.choose_password import choose_password
    from duly.desk.actions.people.invite import invite_contact
    from duly.desk.actions.people.organise import add_organisation
    from duly.desk.people.person import Person
    from duly.desk.people.standard_roles import MANAGER
    from tests.desk.people import MONDAY

    owner = actor_for(Person.objects.get(email="olga@desk.example"), via="cli")
    bond = add_organisation(actor=owner, name="Bond", zone="Europe/Berlin", at=MONDAY)
    for name in ("Mona", "Milo"):
        person = invite_contact(
            actor=owner,
            organisation_id=bond.pk,
            email=f"{name.lower()}@bond.example",
            name=name,
            role=MANAGER,
            at=MONDAY,
        )
        choose_password(actor=owner, person_id=person.pk, password=PASSWORD, at=MONDAY)
    set_calendar(
        actor=owner,
        organisation_id=bond.pk,
        calendar={"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}},
        at=MONDAY,
    )
    source = POLICY.with_name("neptune.yaml").read_text(encoding="utf-8")
    version = publish(actor=owner, source=source, at=MONDAY)
    subscribe(
        actor=owner,
        organisation_id=bond.pk,
        version_id=version.pk,
        held={"plan": "basic"},
        from_on=date(2026, 1, 1),
        at=MONDAY,
    )


if __name__ == "__main__":
    main()
