"""Who signs in with a second factor, as the sign-in keeps it."""

from collections.abc import Iterable, Mapping

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _


def second_factors(person_ids: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """The second factors of each person who has one, by name; recovery codes alone are none."""
    names = {
        Authenticator.Type.TOTP: _("authenticator app"),
        Authenticator.Type.WEBAUTHN: _("security key or passkey"),
    }
    found: dict[int, dict[str, None]] = {}
    rows = Authenticator.objects.filter(user__in=list(person_ids), type__in=list(names))
    for person_id, kind in rows.values_list("user", "type").order_by("type"):
        found.setdefault(person_id, {})[names[kind]] = None
    return {person_id: tuple(kinds) for person_id, kinds in found.items()}
