"""A quote: what a plan and its add-ons cost, for what a customer brings, worked out by core from the published file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from duly.core.bill import Bill, Needs, bill, needs
from duly.core.price import Basis, ByContract, Included, PriceError
from duly.desk.agreements.say import say
from duly.desk.errors import Invalid
from duly.desk.queries.published import document_in_force, document_of
from duly.policy import Document, Subscription, UnusableInputError, subscription
from duly.policy.bind.plan import resolve
from duly.policy.bind.prices import bought, price
from duly.policy.document.texts import PriceTerms
from duly.policy.page.prices import price_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A plan or an add-on that can be chosen; `stated` is its price in the words of the policy, if it states one."""

    key: str
    name: str
    stated: str
    is_counted: bool = False
    """Whether it makes sense to buy several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be chosen, once a plan was, and what has to be said before there is a price."""

    version_id: int
    key: str
    title: str
    provider: str
    version: str
    documents: tuple[str, ...]
    plans: tuple[Choice, ...]
    plan: Choice
    addons: tuple[Choice, ...]
    held: Mapping[str, int]
    """The add-ons that were chosen, with their units."""
    needs: Needs


def offer(
    key: str, at: datetime, *, plan: str = "", addons: Mapping[str, int] | None = None
) -> Offer:
    """What the policy in force offers. An unknown plan is taken for the first; unknown add-ons are left out.

    Raises:
        NotFound: there is no such policy, or no version of it is in force yet.
    """
    version_id, document = document_in_force(key, at)
    policy = document.policy
    plans = tuple(_plan(document, each) for each in policy.plans)
    chosen = next((each for each in plans if each.key == plan), plans[0])
    offered = tuple(_addons(document, chosen.key))
    held = {each.key: units for each in offered if (units := (addons or {}).get(each.key, 0)) > 0}
    return Offer(
        version_id=version_id,
        key=key,
        title=policy.title or policy.policy,
        provider=policy.provider or "",
        version=policy.version,
        documents=tuple(each.url for each in policy.documents),
        plans=plans,
        plan=chosen,
        addons=offered,
        held=held,
        needs=needs(bought(document, _held(chosen.key, held))),
    )


def quoted(offered: Offer, basis: Basis, months: int | None) -> Bill:
    """Work out what is chosen.

    Raises:
        Invalid: something that a price depends on was not given, or the prices have no sum.
    """
    held = _held(offered.plan.key, offered.held)
    try:
        return bill(bought(document_of(offered.version_id), held), basis, months)
    except (PriceError, UnusableInputError) as error:
        raise Invalid(_("There is no sum: %(error)s.") % {"error": error}) from error


def _plan(document: Document, key: str) -> Choice:
    plan = resolve(document, key).plan
    return Choice(key=key, name=plan.name or key, stated=_stated(plan.price))


def _addons(document: Document, plan: str) -> Iterator[Choice]:
    for key, addon in document.policy.addons.items():
        if not addon.to or plan in addon.to:
            known = price(addon.price) if addon.price else None
            counted = known is not None and not isinstance(known, Included | ByContract)
            yield Choice(
                key=key,
                name=addon.name or key,
                stated=_stated(addon.price),
                is_counted=counted,
            )


def _stated(told: str | PriceTerms | None) -> str:
    return "" if told == "unknown" else price_in_words(told, say)


def _held(plan: str, addons: Mapping[str, int]) -> Subscription:
    held = [{"addon": key, "units": units} for key, units in addons.items()]
    return subscription({"plan": plan, "addons": held})
