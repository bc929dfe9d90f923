"""Every story is told twice: through core, and through the desk."""

from typing import Literal, Protocol

import pytest

from tests.desk.once import once
from tests.desk.people import cast
from tests.stories.in_core import CoreStory
from tests.stories.in_the_desk import DeskStory
from tests.stories.story import Story


class Tell(Protocol):
    """Begin a story with a ticket opened by a customer, or for them by an agent."""

    def __call__(
        self,
        at: str,
        priority: str | None = None,
        plan: str = "basic",
        by: Literal["customer", "agent"] = "customer",
    ) -> Story: ...


@pytest.fixture(params=["core", pytest.param("desk", marks=pytest.mark.django_db)])
def tell(request: pytest.FixtureRequest) -> Tell:
    """Give the beginning of a story."""
    if request.param == "core":
        return CoreStory
    people = once("people", cast)

    def in_the_desk(
        at: str,
        priority: str | None = None,
        plan: str = "basic",
        by: Literal["customer", "agent"] = "customer",
    ) -> Story:
        return DeskStory(people, at, priority, plan, by)

    return in_the_desk
