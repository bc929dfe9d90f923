"""The small desk that most tests of this floor begin with."""

import pytest

from tests.desk.people import Cast, cast


@pytest.fixture
def people(db: None) -> Cast:
    """Give everybody who takes part."""
    return cast()
