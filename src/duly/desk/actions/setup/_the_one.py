"""The one row of a setting, locked, and made where nobody has set anything yet."""

from typing import TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def the_one(model: type[Row]) -> Row:
    """Give it. Of two who make it at once the second waits, and finds what the first has set. Two statements."""
    model._default_manager.bulk_create([model(pk=1)], ignore_conflicts=True)
    return model._default_manager.select_for_update().get(pk=1)
