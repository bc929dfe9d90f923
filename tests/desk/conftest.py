"""The small desk that most tests of this floor begin with."""

import pytest

from tests.desk.people import Cast, cast
from tests.desk.policies import published, subscribed


@pytest.fixture
def people(db: None) -> Cast:
    """Give everybody who takes part."""
    return cast()


@pytest.fixture
def covered(people: Cast) -> Cast:
    """Give the same people, with Acme subscribed to the small policy."""
    subscribed(people, published(people))
    return people
