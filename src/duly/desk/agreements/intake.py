"""What a plan says of how reports come in and are taken up: who sets priorities, what is asked, who answers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from duly.desk.agreements.terms import kept_beside
from duly.policy.bind.plan import Resolved
from duly.policy.document.plans import SetBy
from duly.policy.document.policy import Question as StatedQuestion

Setter: TypeAlias = Literal["customer", "provider"]
OTHERWISE = "otherwise"
OWN_HOURS = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field of the form beyond the usual ones."""

    key: str
    label: str
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that the plan has for a named person of the provider."""

    key: str
    title: str
    hours: str | None
    """In which hours they take tickets up: ``own``, a calendar of the policy, or None for what is not said."""
    is_first_contact: bool

    @property
    def takes_tickets(self) -> bool:
        """Whether whoever fills it works on tickets; some are named for other things."""
        return self.is_first_contact or self.hours is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The rules of one binding; None where its policy is silent."""

    default: Mapping[str, str] = field(default_factory=dict)
    """The priority of a report that names none, by channel, or by ``otherwise``."""
    first: Setter | None = None
    """Who gives the first priority."""
    final: Setter | None = None
    """Who has the last word on it."""
    requires: tuple[str, ...] = ()
    """What a report on a form has to state; mail takes the default."""
    most_contacts: int | None = None
    """How many people the organisation may have on its support list; None sets no maximum."""

    questions: tuple[Question, ...] = ()
    """What the form asks for besides."""
    places: tuple[Place, ...] = ()
    """Whom the plan names, the first contact first."""
    turn: int = 0
    """How many plans of the policy are served before this one."""

    def default_for(self, channel: str) -> str | None:
        """The priority of a report that names none."""
        return self.default.get(channel, self.default.get(OTHERWISE))


NO_RULES = Intake()


def stored_intake(resolved: Resolved) -> dict[str, Any]:
    """Write what a resolved plan says, for the row of its binding."""
    stated = resolved.document.policy.priorities.default
    default = {OTHERWISE: stated} if isinstance(stated, str) else dict(stated or {})
    set_by = resolved.plan.priority_set_by
    first: Any = set_by.first if isinstance(set_by, SetBy) else set_by
    final: Any = (set_by.final or set_by.first) if isinstance(set_by, SetBy) else set_by
    contacts = resolved.plan.contacts
    most = contacts.maximum if contacts else None
    intake = Intake(
        default=default,
        first=first,
        final=final,
        requires=resolved.plan.requires,
        most_contacts=most if isinstance(most, int) else None,
        questions=tuple(map(_question, resolved.document.policy.intake.fields)),
        places=_places(resolved),
        turn=_turn(resolved),
    )
    return asdict(intake)


def _question(stated: str | StatedQuestion) -> Question:
    """A field that has no words of its own is asked for by its key."""
    if isinstance(stated, str):
        stated = StatedQuestion(key=stated)
    label = stated.label or stated.key.replace("_", " ").capitalize()
    return Question(key=stated.key, label=label, is_required=stated.required == "always")


def _places(resolved: Resolved) -> tuple[Place, ...]:
    found = [
        Place(
            key=key,
            title=stated.title or key.replace("_", " ").capitalize(),
            hours=stated.hours,
            is_first_contact=stated.primary_contact,
        )
        for key, stated in resolved.plan.people.items()
    ]
    # A stored document keeps no order of keys: people come before those who keep the hours of a calendar.
    return tuple(sorted(found, key=lambda p: (not p.is_first_contact, p.hours != OWN_HOURS, p.key)))


def _turn(resolved: Resolved) -> int:
    """Count the plans that come before this one, those before them included."""
    before = {key: _served_before(resolved, key) for key in resolved.document.policy.plans}
    ahead: set[str] = set()
    found = {resolved.key}
    while found:
        found = {key for key, behind in before.items() if found & set(behind)} - ahead
        ahead |= found
    return len(ahead - {resolved.key})


def _served_before(resolved: Resolved, key: str) -> tuple[str, ...]:
    """What a plan says itself, else what it has from its base."""
    plans = resolved.document.policy.plans
    plan = plans[key]
    while "served_before" not in plan.model_fields_set and plan.base:
        plan = plans[plan.base]
    return plan.served_before


def intake_of(binding_id: int | None) -> Intake:
    """Give the rules of a binding; without one there are none."""
    return NO_RULES if binding_id is None else _load(binding_id)


@lru_cache(maxsize=2_000)
def _load(binding_id: int) -> Intake:
    stored = kept_beside(binding_id)
    lists: dict[str, Any] = {
        "requires": tuple(stored.get("requires", ())),
        "questions": tuple(Question(**each) for each in stored.get("questions", ())),
        "places": tuple(Place(**each) for each in stored.get("places", ())),
    }
    return Intake(**{**stored, **lists})
