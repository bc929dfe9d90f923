"""What agents send: words, with a key that makes sending twice count once."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class Words(forms.Form):
    """A reply or a note. `seen` is the sequence number of the ticket that the writer looked at."""

    text = forms.CharField(
        strip=False, error_messages={"required": _("Write something before you send it.")}
    )
    key = forms.CharField(max_length=100, widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    then = forms.ChoiceField(choices=[("", ""), ("wait", ""), ("resolve", "")], required=False)


def blank(text: str, *, seen: int) -> Words:
    """Make an unsent form with a fresh key and the draft, if there is one."""
    return Words(initial={"text": text, "key": new_key(), "seen": seen})


def new_key() -> str:
    """A key that no other form has."""
    return str(uuid4())
