"""What a clock shows: its step of urgency, its shape, its words. The numbers come from the promise, never from here."""

from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.core.clock.values import Kind, State
from duly.desk.queries.promise import Promise, Urgency
from duly.web.words import length

KINDS: dict[Kind, Lazy] = {
    Kind.FIRST_RESPONSE: gettext_lazy("First answer"),
    Kind.NEXT_RESPONSE: gettext_lazy("Next answer"),
    Kind.UPDATE: gettext_lazy("Update"),
    Kind.WORKAROUND: gettext_lazy("Workaround"),
    Kind.RESOLUTION: gettext_lazy("Resolution"),
    Kind.ROOT_CAUSE: gettext_lazy("Root cause"),
    Kind.ESCALATION: gettext_lazy("Escalation"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """`drained` is the part of the promised time that is gone, in hundredths, for the ring."""

    step: str
    shape: str
    kind: str
    words: str
    drained: int


def face(promise: Promise) -> Face:
    """Draw a promise."""
    shape, words = _look(promise)
    drained = round(100 * promise.used) if promise.used is not None else 0
    return Face(promise.urgency.value, shape, str(KINDS[promise.kind]), words, drained)


def _look(promise: Promise) -> tuple[str, str]:
    if promise.urgency is Urgency.MISSED:
        late = length(promise.late_seconds or 0)
        return "missed", _("missed by %(length)s") % {"length": late}
    if promise.state is State.RUNNING:
        left = length(promise.remaining_seconds or 0, open_time=promise.is_open_time)
        return promise.urgency.value, _("%(length)s left") % {"length": left}
    if promise.state is State.MISSED:
        late = length(promise.late_seconds or 0)
        return "late", _("late by %(length)s") % {"length": late}
    if promise.state is State.PAUSED and promise.remaining_seconds is not None:
        left = length(promise.remaining_seconds, open_time=promise.is_open_time)
        return "paused", _("paused, %(length)s left") % {"length": left}
    return promise.state.value, str(PLAIN[promise.state])


PLAIN: dict[State, Lazy] = {
    State.PAUSED: gettext_lazy("paused"),
    State.MET: gettext_lazy("kept"),
    State.BEST_EFFORT: gettext_lazy("best effort"),
    State.CONTINUOUS: gettext_lazy("worked on without a break"),
    State.SUPERSEDED: gettext_lazy("replaced"),
    State.VOID: gettext_lazy("no longer counts"),
}
