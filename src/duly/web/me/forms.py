"""What somebody sets for themselves, as the form has it."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from duly.desk.mailroom.matter import Matter
from duly.desk.mailroom.preference import Quiet
from duly.desk.queries.wishes import Wishes

NOT_CHOSEN = "UTC"
"""Whose zone is this reads in that of the device."""
_REGIONS = frozenset(
    "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()
)
_UNKNOWN = {"required": _("Choose one."), "invalid_choice": _("Choose one of the list.")}


class WishesForm(forms.Form):
    """Language, zone, what is told by mail, and when nothing is told that can wait."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, error_messages=_UNKNOWN)
    zone = forms.ChoiceField(error_messages=_UNKNOWN)
    mail = forms.MultipleChoiceField(
        required=False, choices=[(matter.value, "") for matter in Matter]
    )
    quiet_begin = forms.TimeField(
        required=False, error_messages={"invalid": _("Write a time, for example 20:00.")}
    )
    quiet_end = forms.TimeField(
        required=False, error_messages={"invalid": _("Write a time, for example 07:00.")}
    )
    quiet_weekends = forms.BooleanField(required=False)

    def __init__(self, own_zone: str, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        zones = [
            (one, _("That of my device") if one == NOT_CHOSEN else one) for one in _zones(own_zone)
        ]
        self.fields["zone"].choices = zones  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of the quiet hours, or for neither."""
        typed = super().clean() or {}
        ends = ("quiet_begin", "quiet_end")
        missing = [name for name in ends if typed.get(name) is None and name not in self.errors]
        if len(missing) == 1:
            self.add_error(missing[0], _("Give both times, or leave both empty."))
        if len(missing) == 2 and typed.get("quiet_weekends"):
            self.add_error("quiet_begin", _("Quiet weekends go with quiet hours: give both times."))
        return typed

    def wanted(self) -> set[Matter]:
        """What is to be told by mail."""
        return set(map(Matter, self.cleaned_data["mail"]))

    def quiet(self) -> Quiet | None:
        """When nothing is to be told that can wait."""
        typed = self.cleaned_data
        if typed["quiet_begin"] is None:
            return None
        return Quiet(typed["quiet_begin"], typed["quiet_end"], typed["quiet_weekends"])


def filled(wishes: Wishes) -> dict[str, Any]:
    """The boxes of the form as somebody has set them."""
    quiet = wishes.quiet
    return {
        "language": wishes.language,
        "zone": wishes.zone,
        "mail": [wish.matter.value for wish in wishes.mail if wish.is_wanted],
        "quiet_begin": f"{quiet.begin:%H:%M}" if quiet else "",
        "quiet_end": f"{quiet.end:%H:%M}" if quiet else "",
        "quiet_weekends": quiet is not None and quiet.weekends,
    }


def _zones(own: str) -> list[str]:
    """The zones that are called by region and city, and whatever is set."""
    known = {zone for zone in available_timezones() if zone.partition("/")[0] in _REGIONS}
    return [NOT_CHOSEN, *sorted((known | {own}) - {NOT_CHOSEN})]
