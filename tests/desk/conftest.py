"""The small desk that most tests of this floor begin with."""

import pytest

from tests.desk.once import once
from tests.desk.people import Cast, cast
from tests.desk.policies import acme_holds


@pytest.fixture
def people(db: None) -> Cast:
    """Give everybody who takes part."""
    return once("people", cast)


@pytest.fixture
def covered(people: Cast) -> Cast:
    """Give the same people, with Acme subscribed to the small policy."""
    acme_holds(people)
    return people
