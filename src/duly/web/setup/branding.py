"""How the desk looks to customers: name, logo, colour, footer, and what is assumed of people it does not know yet."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.access.require import require
from duly.desk.access.setup import may_set_up
from duly.desk.actions.setup.brand import LARGEST_LOGO, Branding, brand
from duly.desk.queries.brand import DULY
from duly.web import brand as look
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.tried import tried


class BrandingForm(forms.Form):
    """What the owner chooses."""

    name = forms.CharField(max_length=60, required=False)
    accent = forms.CharField(max_length=7, required=False)
    support_address = forms.CharField(max_length=254, required=False)
    footer = forms.CharField(max_length=500, required=False)
    language = forms.CharField(max_length=16)
    zone = forms.CharField(max_length=64)
    logo = forms.FileField(required=False)
    without_logo = forms.BooleanField(required=False)

    def branding(self) -> Branding:
        """What was chosen; no file keeps the logo that is there."""
        sent = dict(self.cleaned_data)
        file, gone = sent.pop("logo"), sent.pop("without_logo")
        picture = file.read(LARGEST_LOGO + 1) if file else b"" if gone else None
        return Branding(**sent, logo=picture)


@agents("GET", "POST")
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form; a POST keeps what was chosen."""
    require(may_set_up(visit.actor))
    form = BrandingForm(request.POST or None, request.FILES or None)
    form.initial = _stands()
    if request.method == "POST" and form.is_valid():
        tried(form, lambda: brand(actor=visit.actor, branding=form.branding(), at=visit.at))
        if not form.errors:
            look.forget()
            messages.success(request, _("Saved. Other pages follow within seconds."))
            return redirect("setup:branding")
    return page(
        request,
        "setup/branding.html",
        visit,
        status=422 if form.errors else 200,
        **frame.around(visit, "branding"),
        form=form,
        languages=settings.LANGUAGES,
        zones=sorted(available_timezones()),
    )


def _stands() -> dict[str, str]:
    found = look.brand()
    return {
        "name": "" if found.name == DULY else found.name,
        "accent": found.accent,
        "support_address": found.support_address,
        "footer": found.footer,
        "language": found.language,
        "zone": found.zone,
    }
