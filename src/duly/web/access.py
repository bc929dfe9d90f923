"""The rule of every address: who may ask at all. What they may see there is for `desk.access` to say, object by object.

A view without this mark does not pass the house tests. Somebody who may not ask is told what everybody is told about an
address that does not exist.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duly.channels import wall_clock
from duly.desk.access.actor import Actor, actor_for
from duly.desk.people.person import Person
from duly.web import second_factor
from duly.web.reading import reader_of, speak
from duly.web.words import Reader

Rule: TypeAlias = Literal["anybody", "people", "agents", "customers"]
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is signed in: who, when, and how they read. The clock was read once, for `at`."""

    person: Person
    actor: Actor
    at: datetime
    reader: Reader


class SignedOut(Exception):
    """Something was sent by nobody: the session ended while it was written."""


Page: TypeAlias = Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase]


def anybody(*methods: str) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponseBase]]:
    """Allow everybody, signed in or not."""

    def mark(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponseBase]:
        return _declare(require_http_methods(_list(methods))(view), "anybody", methods)

    return mark


def people(*methods: str) -> Callable[[Page[P]], Callable[..., HttpResponseBase]]:
    """Allow everybody who is signed in."""
    return _signed_in("people", methods, lambda actor: actor.person_id is not None)


def agents(*methods: str) -> Callable[[Page[P]], Callable[..., HttpResponseBase]]:
    """Allow those who stand on the desk's side."""
    return _signed_in("agents", methods, lambda actor: actor.is_agent)


def customers(*methods: str) -> Callable[[Page[P]], Callable[..., HttpResponseBase]]:
    """Allow those who stand on the customers' side; an agent who is also somebody's contact is both."""
    return _signed_in("customers", methods, is_customer)


def is_customer(actor: Actor) -> bool:
    """Whether the portal is theirs."""
    return bool(actor.organisations) or (actor.person_id is not None and not actor.is_agent)


def _signed_in(
    rule: Rule, methods: tuple[str, ...], allows: Callable[[Actor], bool]
) -> Callable[[Page[P]], Callable[..., HttpResponseBase]]:
    def mark(view: Page[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def visit(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Person):
                if request.method not in {"GET", "HEAD"} or "HX-Request" in request.headers:
                    raise SignedOut
                return redirect_to_login(request.get_full_path())
            if second_factor.is_owed(request):
                return redirect("mfa_index")
            actor = actor_for(request.user, via="web")
            if not allows(actor):
                raise Http404
            at = wall_clock.now()
            speak(request.user.language)
            visit = Visit(request.user, actor, at, reader_of(request, at))
            return view(request, visit, *args, **kwargs)

        return _declare(require_http_methods(_list(methods))(visit), rule, methods)

    return mark


def _list(methods: tuple[str, ...]) -> list[str]:
    return [*methods, "HEAD"] if "GET" in methods else list(methods)


def _declare(
    view: Callable[P, HttpResponseBase], rule: Rule, methods: tuple[str, ...]
) -> Callable[P, HttpResponseBase]:
    setattr(view, "access", rule)  # noqa: B010 - functions have attributes, their type has not
    setattr(view, "methods", methods)  # noqa: B010
    return view
