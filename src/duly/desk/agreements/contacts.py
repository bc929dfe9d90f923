"""How many contacts an organisation may name: what its plans have room for."""

from datetime import datetime

from duly.desk.agreements.intake import intake_of
from duly.desk.agreements.running import in_force
from duly.desk.people.organisation import Organisation


def most_contacts(organisation: Organisation, at: datetime) -> int | None:
    """The most that any of its running plans has room for; None where one sets no maximum, and without any plan."""
    found = [intake_of(each.pk).most_contacts for each in in_force([organisation.pk], at)]
    return (
        None if None in found else max((most for most in found if most is not None), default=None)
    )
