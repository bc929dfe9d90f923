"""The quote: what a plan and its add-ons cost, step by step, at an address that can be passed on."""

from django.http import HttpRequest, HttpResponse

from duly.channels import wall_clock
from duly.core.bill import Bill
from duly.core.price import Basis
from duly.desk.errors import Invalid
from duly.desk.queries.quoting import Offer, offer, quoted
from duly.web.access import anybody
from duly.web.pages import page
from duly.web.public import arithmetic
from duly.web.public.forms import MOST_UNITS, Wish
from duly.web.typed import whole


@anybody("GET")
def quote(request: HttpRequest, key: str) -> HttpResponse:
    """Show what can be chosen and, once all that the price depends on is said, what it comes to."""
    wished = {addon: _units(request, addon) for addon in request.GET.getlist("addon")}
    offered = offer(key, wall_clock.now(), plan=request.GET.get("plan", ""), addons=wished)
    form = Wish(offered, request.GET.dict())
    found, problem = None, ""
    if form.is_complete():
        try:
            found = _worked_out(offered, form)
        except Invalid as wrong:
            problem = str(wrong)
    return page(
        request,
        "public/quote.html",
        offer=offered,
        form=form,
        bill=found,
        problem=problem,
        words=arithmetic,
        address=request.build_absolute_uri(),
    )


def _worked_out(offered: Offer, form: Wish) -> Bill:
    sums, units = form.amounts("sum"), form.amounts("count")
    basis = Basis(sums=sums, units=units, days=form.days())
    return quoted(offered, basis, form.months())


def _units(request: HttpRequest, addon: str) -> int:
    """How many of an add-on: one unless more are asked for."""
    return min(whole(request.GET.get(f"units-{addon}", "")) or 1, MOST_UNITS)
