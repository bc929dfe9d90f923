"""What the oracle notes down while it lives through a ticket, and what it answers."""

from dataclasses import dataclass, field, replace

from tests.oracle.story import Cell


@dataclass(eq=False)
class Cycle:
    """One cycle of a clock, as it stands while the story is lived through."""

    kind: str
    number: int
    cell: Cell
    priority: str
    terms: str
    started_at: int
    made_at: int
    due_when_ended: int | None = None
    missed_at: int | None = None
    met_at: int | None = None
    superseded_at: int | None = None
    void_at: int | None = None
    changes: list[tuple[int, int | None]] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return (self.met_at or self.superseded_at or self.void_at) is not None

    @property
    def is_open(self) -> bool:
        return not self.is_over and self.missed_at is None


@dataclass(frozen=True)
class Seen:
    """A clock as the oracle sees it at the asked instant."""

    kind: str
    cycle: int
    state: str
    started_at: int
    due_at: int | None
    met_at: int | None
    ended_at: int | None
    late_seconds: int | None
    remaining_seconds: int | None
    soon_at: int | None
    priority: str
    terms: str
    changes: tuple[tuple[int, int | None], ...]
    was: str | None


@dataclass(frozen=True)
class Answer:
    """Everything the oracle says about a ticket at an instant."""

    at: int
    clocks: tuple[Seen, ...]
    available: tuple[tuple[int, int], ...]
    invoked: tuple[tuple[int, int], ...]

    def made_void(self) -> "Answer":
        """Every cycle becomes `void`, keeping what it was in `was`; the open ones end here."""
        settled = ("met", "missed", "superseded", "void")
        clocks = tuple(
            replace(
                seen,
                state="void",
                was=seen.state,
                remaining_seconds=None,
                soon_at=None,
                ended_at=seen.ended_at if seen.state in settled else self.at,
            )
            for seen in self.clocks
        )
        return replace(self, clocks=clocks)
