"""What can be expected to go wrong in the desk, named by the domain; web and API map each once."""

from django.utils.translation import gettext as _


class DeskError(Exception):
    """An expected failure, told in a sentence fit for the person who asked.

    It says what happened, what was kept and what to do.
    """


class NotFound(DeskError):
    """There is no such thing, or the actor may not know of it: the two look and read the same."""

    def __init__(self) -> None:
        super().__init__(
            _("There is nothing here. Check the address, or ask somebody who can see it.")
        )


class NotAllowed(DeskError):
    """The actor sees the thing but may not do this to it."""


class Invalid(DeskError):
    """The input cannot be used; `field` names the part of it that is wrong."""

    def __init__(self, text: str, *, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field


class NotPossible(DeskError):
    """The thing is not in a state in which this can be done."""


class Unfilled(NotPossible):
    """The desk's own fields lack what is needed first; `field` names the box of the first."""

    def __init__(self, text: str, *, field: str) -> None:
        super().__init__(text)
        self.field = field


class Overtaken(DeskError):
    """Somebody else said something since the actor last looked; `sequence` is where the ticket stands now."""

    def __init__(self, text: str, *, sequence: int) -> None:
        super().__init__(text)
        self.sequence = sequence
