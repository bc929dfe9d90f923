"""Make a macro, change it, remove it, and put it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.macros import macros_visible_to, may_keep_macro
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions.tickets._sendable import Then
from duly.desk.actions.tickets.tag import tag_name
from duly.desk.errors import Invalid
from duly.desk.people.naming import sound_name
from duly.desk.people.team import Team
from duly.desk.tickets.macro import Macro
from duly.desk.tickets.placeholders import must_be_known
from duly.desk.tickets.words import body


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroWords:
    """What a macro says and does."""

    name: str
    text: str = ""
    tags: Sequence[str] = ()
    priority: str = ""
    takes: bool = False
    assigns_to: int | None = None
    then: Then | None = None


@transaction.atomic
def add_macro(
    *, actor: Actor, words: MacroWords, is_own: bool, team_id: int | None = None, at: datetime
) -> Macro:
    """Add a macro: one's own, a team's, or without either everybody's.

    Raises:
        NotFound: the actor may not.
        Invalid: it has no name, says and does nothing, or names what there is not; `field` says what.
    """
    owner = actor.speaker_id if is_own else None
    team = None if is_own else team_id
    require(may_keep_macro(actor, owner_id=owner, team_id=team))
    macro = Macro(owner_id=owner, team_id=team)
    _put(macro, words)
    audit("macro_added", actor=actor, at=at, subject=macro)
    return macro


@transaction.atomic
def change_macro(*, actor: Actor, macro_id: int, words: MacroWords, at: datetime) -> Macro:
    """Change what a macro says and does; what was sent with it stays as it was.

    Raises:
        NotFound, NotAllowed: the actor may not.
        Invalid: as for `add_macro`.
    """
    macro = _take(actor, macro_id)
    _put(macro, words)
    audit("macro_changed", actor=actor, at=at, subject=macro)
    return macro


def remove_macro(*, actor: Actor, macro_id: int, at: datetime) -> Macro:
    """Remove a macro; it can be put back.

    Raises:
        NotFound, NotAllowed: the actor may not.
    """
    return _set(actor, macro_id, at, removed_at=at)


def put_macro_back(*, actor: Actor, macro_id: int, at: datetime) -> Macro:
    """Put a removed macro back.

    Raises:
        NotFound, NotAllowed: the actor may not.
    """
    return _set(actor, macro_id, at, removed_at=None)


@transaction.atomic
def _set(actor: Actor, macro_id: int, at: datetime, *, removed_at: datetime | None) -> Macro:
    macro = _take(actor, macro_id)
    macro.removed_at = removed_at
    macro.save(update_fields=["removed_at"])
    audit("macro_removed" if removed_at else "macro_put_back", actor=actor, at=at, subject=macro)
    return macro


def _take(actor: Actor, macro_id: int) -> Macro:
    seen = macros_visible_to(actor).select_for_update().filter(pk=macro_id).first()
    require(seen is not None)
    assert seen is not None
    may = may_keep_macro(actor, owner_id=seen.owner_id, team_id=seen.team_id)
    require(may, sees=True, to=_("change this macro"))
    return seen


def _put(macro: Macro, words: MacroWords) -> None:
    macro.name, macro.priority = sound_name(words.name, Macro), words.priority.strip()[:50]
    macro.text = body(words.text) if words.text.strip() else ""
    must_be_known(macro.text)
    macro.tags = sorted({tag_name(each) for each in words.tags if each.strip()})
    macro.takes, macro.assigns_to_id = words.takes, words.assigns_to
    macro.then = words.then or ""
    if words.assigns_to is not None and not Team.objects.filter(pk=words.assigns_to).exists():
        raise Invalid(_("There is no such team."), field="assigns_to")
    steps = (macro.tags, macro.priority, macro.takes, macro.assigns_to_id, macro.then)
    if not macro.text and not any(steps):
        raise Invalid(_("Let it say or do something."), field="text")
    macro.save()
