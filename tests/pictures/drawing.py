"""A scene as an SVG picture: time runs to the right, one row for each calendar, each clock and the events."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from duly.core import instant
from duly.core.clock.promise import promises
from duly.core.clock.values import State
from duly.core.events import Event
from duly.core.explanation import Explanation
from duly.core.history import write
from duly.core.instant import Instant
from duly.core.spans import Span, Spans, intersect
from tests.core.tickets import on
from tests.pictures.scene import Lane, Scene

WIDTH, LEFT, RIGHT, TOP = 900, 170, 30, 34
ROW, CALENDAR_ROW, EVENT_ROW = 44, 26, 15
LETTER = 6.6
STYLE = """
text{font:12px system-ui,sans-serif;fill:#1f2933}.small{font-size:11px;fill:#52606d}
.paper{fill:#fff}.grid{stroke:#d9e2ec}.open{fill:#cfe8d5}.counted{fill:#3b7dd8}
.paused{fill:#f3e3b3;stroke:#c9a227}.line{stroke:#9fb3c8}.late{stroke:#c0392b;stroke-width:3}
.due{stroke:#1f2933;stroke-width:2}.start,.met{fill:#1f2933}.mark{fill:#fff;stroke:#3b7dd8}
.mark.counts{fill:#3b7dd8}.event{stroke:#9fb3c8;stroke-dasharray:3 3}
"""


class Paper:
    """Where an instant lies, and what was drawn so far."""

    def __init__(self, scene: Scene) -> None:
        self.span = Span(on(scene.since), on(scene.until))
        self.zone = ZoneInfo(scene.zone)
        self.drawn: list[str] = []
        self.y = TOP

    def x(self, at: Instant) -> float:
        share = (at - self.span.start) / (self.span.end - self.span.start)
        return round(LEFT + min(max(share, 0), 1) * (WIDTH - LEFT - RIGHT), 1)

    def text(self, x: float, y: float, words: str, anchor: str = "start", kind: str = "") -> None:
        self.drawn.append(
            f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
        )

    def bar(self, span: Span, y: float, height: float, kind: str) -> None:
        x, end = self.x(span.start), self.x(span.end)
        self.drawn.append(
            f'<rect class="{kind}" x="{x}" y="{y}" width="{round(end - x, 1)}" height="{height}"/>'
        )

    def line(self, start: float, end: float, top: float, bottom: float, kind: str) -> None:
        self.drawn.append(
            f'<line class="{kind}" x1="{start}" x2="{end}" y1="{top}" y2="{bottom}"/>'
        )

    def dot(self, at: Instant, y: float, size: float, kind: str) -> None:
        self.drawn.append(f'<circle class="{kind}" cx="{self.x(at)}" cy="{y}" r="{size}"/>')

    def words(self, at: Instant) -> str:
        return instant.to_datetime(at).astimezone(self.zone).strftime("%a %H:%M")


def draw(scene: Scene) -> str:
    """The picture of a scene."""
    paper = Paper(scene)
    for name in scene.calendars:
        _calendar(paper, scene, name)
    for lane in scene.lanes:
        _lane(paper, scene, lane)
    paper.line(LEFT, WIDTH - RIGHT, paper.y, paper.y, "grid")
    height = paper.y + 8
    body, paper.drawn = paper.drawn, []
    _days(paper, paper.y)
    picture = "\n".join((*paper.drawn, *body))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">\n'
        f"<title>{escape(scene.title)}</title>\n<style>{STYLE}</style>\n"
        f'<rect class="paper" width="{WIDTH}" height="{height}"/>\n{picture}\n</svg>\n'
    )


def _days(paper: Paper, bottom: float) -> None:
    """A line at each local midnight, or every few hours in a picture of less than two days."""
    hours = (paper.span.end - paper.span.start) // 3600
    short = hours < 48
    for at in _hours(paper, 3 if hours <= 24 else 6 if short else 24):
        local = instant.to_datetime(at).astimezone(paper.zone)
        paper.line(paper.x(at), paper.x(at), TOP - 8, bottom, "grid")
        paper.text(paper.x(at) + 3, TOP - 12, local.strftime("%a %H:%M" if short else "%a %-d %b"))


def _hours(paper: Paper, step: int) -> Iterator[Instant]:
    local = instant.to_datetime(paper.span.start).astimezone(paper.zone)
    wall = datetime(local.year, local.month, local.day, tzinfo=paper.zone)
    while (at := int(wall.timestamp())) < paper.span.end:
        if at >= paper.span.start:
            yield at
        wall += timedelta(hours=step)


def _calendar(paper: Paper, scene: Scene, name: str) -> None:
    hours = promises(next(iter(scene.lanes[0].terms.values()))).hours(name)
    paper.text(8, paper.y + 14, name)
    for span in hours.spans(*paper.span):
        paper.bar(span, paper.y, CALENDAR_ROW - 6, "open")
    paper.y += CALENDAR_ROW


def _lane(paper: Paper, scene: Scene, lane: Lane) -> None:
    first = paper.y
    if lane is scene.lanes[0] or lane.history:
        _events(paper, scene, lane)
    paper.text(8, first + 17, lane.label)
    for explained in scene.clocks(lane):
        _clock(paper, explained, scene.asked)
        paper.y += ROW
    paper.y = max(paper.y, first + ROW)


def _clock(paper: Paper, explained: Explanation, asked: Instant) -> None:
    clock, y = explained.clock, paper.y + 14
    ends = clock.ended_at or max(clock.due_at or asked, clock.met_at or 0)
    whole = Span(clock.started_at, ends)
    paper.line(paper.x(whole.start), paper.x(whole.end), y, y, "line")
    for span in _within(explained.pauses, whole):
        paper.bar(span, y - 5, 10, "paused")
    if explained.sum:
        for span in _within(explained.sum.counted, whole):
            paper.bar(span, y - 5, 10, "counted")
        for mark in explained.sum.marks:
            paper.dot(mark.at, y, 5, "mark counts" if mark.counts else "mark")
    paper.dot(clock.started_at, y, 4, "start")
    if clock.state is State.MISSED and clock.due_at is not None:
        until = paper.x(clock.met_at or asked)
        paper.line(paper.x(clock.due_at), until, y, y, "late")
    if clock.met_at is not None:
        paper.text(paper.x(clock.met_at), y - 7, "✓", "middle", "met")
    said = f"cycle {clock.cycle}: {clock.state}"
    if clock.due_at is not None:
        paper.line(paper.x(clock.due_at), paper.x(clock.due_at), y - 10, y + 10, "due")
        said += f", due {paper.words(clock.due_at)}"
    middle = paper.x(clock.due_at if clock.due_at is not None else ends)
    paper.text(min(max(middle, LEFT + 85), WIDTH - 95), y + 22, said, "middle", "small")


def _within(spans: Spans, whole: Span) -> Spans:
    return intersect(spans, (whole,)) if whole.end > whole.start else ()


def _events(paper: Paper, scene: Scene, lane: Lane) -> None:
    """What happened, each in the first row in which its words cover no others."""
    rows: list[float] = []
    top = paper.y
    for event in scene.events(lane):
        x, words = paper.x(event.at), _named(event)
        end = x > WIDTH - 1.5 * LEFT
        left, right = (x - LETTER * len(words), x) if end else (x, x + LETTER * len(words))
        row = next((n for n, taken in enumerate(rows) if taken < left), len(rows))
        rows[row:] = [right, *rows[row + 1 :]]
        paper.line(x, x, top + row * EVENT_ROW, top + len(rows) * EVENT_ROW + 14, "event")
        y = top + row * EVENT_ROW + 10
        paper.text(x - 3 if end else x + 3, y, words, "end" if end else "start")
    paper.y += len(rows) * EVENT_ROW


def _named(event: Event) -> str:
    """The event with what matters of it."""
    plain = write(event)
    said = [str(plain["event"])]
    told = ("priority", "channel", "on", "as", "level", "cause", "binding")
    said += [str(plain[name]) for name in told if plain.get(name) not in (None, "gold")]
    if plain.get("withdrawn"):
        said.append("withdrawn")
    by = plain.get("by")
    return " ".join(said) + (f" by {by}" if by and plain["event"] != "prioritised" else "")
