"""Names and addresses that one alone may have: the database says whether somebody has them already."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from duly.desk.errors import Invalid


@contextmanager
def unless_taken(text: str, *, field: str) -> Iterator[None]:
    """Save what must be the only one of its name; if it is asked beforehand, two at once are both told that it is.

    Raises:
        Invalid: there is one already; `text` says so.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        raise Invalid(text, field=field) from error
