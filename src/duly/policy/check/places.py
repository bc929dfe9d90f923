"""Every place where a policy names a calendar or a priority, or states a target."""

from collections.abc import Iterator
from dataclasses import dataclass

from duly.core import quantity
from duly.policy.document.calendars import Edition
from duly.policy.document.plans import HoursByPriority, Overlay
from duly.policy.document.policy import Policy
from duly.policy.document.targets import Gated, KindTargets
from duly.policy.problems import Path


@dataclass(frozen=True, slots=True)
class TargetPlace:
    """One target as written, with where it stands."""

    path: Path
    kind: str
    priority: str
    gated: Gated

    @property
    def value(self) -> quantity.Target | None:
        """The target read; None when it does not read."""
        try:
            return quantity.parse(self.gated.within)
        except quantity.TargetError:
            return None


def overlays(policy: Policy) -> Iterator[tuple[Path, Overlay]]:
    """Yield plans and add-ons."""
    for name, plan in policy.plans.items():
        yield ("plans", name), plan
    for name, addon in policy.addons.items():
        yield ("addons", name), addon


def targets(path: Path, overlay: Overlay) -> Iterator[TargetPlace]:
    """Yield every target that an overlay states."""
    for kind, table in overlay.targets.kinds.items():
        yield from _cells((*path, "targets", kind), kind, table)


def _cells(path: Path, kind: str, table: KindTargets) -> Iterator[TargetPlace]:
    for priority, cell in table.cells.items():
        here = (*path, priority)
        if isinstance(cell, tuple):
            for index, entry in enumerate(cell):
                gated = entry if isinstance(entry, Gated) else Gated(within=entry)
                yield TargetPlace((*here, index), kind, priority, gated)
        else:
            gated = cell if isinstance(cell, Gated) else Gated(within=cell)
            yield TargetPlace(here, kind, priority, gated)


def editions(policy: Policy) -> Iterator[tuple[Path, str, Edition]]:
    """Yield every calendar, edition by edition."""
    for name, calendar in policy.calendars.items():
        if isinstance(calendar, Edition):
            yield ("calendars", name), name, calendar
        else:
            for index, edition in enumerate(calendar):
                yield ("calendars", name, index), name, edition


def hours(path: Path, overlay: Overlay) -> Iterator[tuple[Path, str]]:
    """Yield the calendars named by `hours`."""
    stated = overlay.hours
    if isinstance(stated, str):
        yield (*path, "hours"), stated
    elif isinstance(stated, HoursByPriority):
        for priority, name in stated.by_priority.items():
            yield (*path, "hours", priority), name


def calendar_names(path: Path, overlay: Overlay) -> Iterator[tuple[Path, str]]:
    """Yield every place in an overlay that names a calendar."""
    yield from hours(path, overlay)
    for name, channel in overlay.channels.items():
        calendar = channel.removesuffix("on request").strip()
        if calendar:
            yield (*path, "channels", name), calendar
    for name, person in overlay.people.items():
        if person.hours and person.hours != "own":
            yield (*path, "people", name, "hours"), person.hours
    for place in targets(path, overlay):
        if place.value and place.value.on:
            yield place.path, place.value.on
        if place.gated.when and place.gated.when.during:
            yield (*place.path, "when", "during"), place.gated.when.during
