"""Second factors, as the sign-in keeps them: who has one, and who still owes one because a role asks for it."""

from collections.abc import Iterable, Mapping

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from duly.desk.access.people import must_have_second_factor
from duly.desk.people.person import Person

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes alone are none."""
_OWED = "second-factor-owed"
"""Stands in a session from the sign-in until there is one: nobody else pays for the question."""


def second_factors(person_ids: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """The second factors of each person who has one, by name."""
    names = dict(zip(FACTORS, (_("authenticator app"), _("security key or passkey")), strict=True))
    found: dict[int, dict[str, None]] = {}
    rows = Authenticator.objects.filter(user__in=list(person_ids), type__in=FACTORS)
    for person_id, kind in rows.values_list("user", "type").order_by("type"):
        found.setdefault(person_id, {})[names[kind]] = None
    return {person_id: tuple(kinds) for person_id, kinds in found.items()}


def ask_for_it(request: HttpRequest, person: Person) -> None:
    """Remember, at a sign-in, that a role of theirs asks for a second factor and that they have none."""
    if must_have_second_factor(person.pk) and not second_factors([person.pk]):
        request.session[_OWED] = True


def is_owed(request: HttpRequest) -> bool:
    """Whether whoever is signed in has to set one up before anything else is answered."""
    if _OWED not in request.session:
        return False
    assert isinstance(request.user, Person)
    if second_factors([request.user.pk]):
        del request.session[_OWED]
        return False
    return True
