"""`duly policy price`: what a plan costs a customer."""

from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from duly.cli.policy.command import (
    FILE,
    PolicyCommand,
    json_option,
    print_json,
    subscription_option,
)
from duly.cli.policy.customer import subscribed
from duly.core.bill import Bill, bill
from duly.core.price import Basis, PriceError
from duly.policy.bind.prices import bought
from duly.policy.document.read import read
from duly.policy.problems import UnusableInputError


def amount(ctx: click.Context, param: click.Parameter, value: str | None) -> Decimal | None:
    """Read a sum as an exact decimal."""
    try:
        found = None if value is None else Decimal(value)
    except InvalidOperation:
        found = Decimal("NaN")
    if found is not None and (not found.is_finite() or found < 0):
        raise click.BadParameter(f"{value!r} is not a sum such as 90000.00.", ctx, param)
    return found


def units(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, Decimal]:
    """Read ``contacts=4`` as numbers by name."""
    found: dict[str, Decimal] = {}
    for each in value:
        name, _, number = each.partition("=")
        if not (name and number.isdecimal()):
            raise click.BadParameter(f"{each!r} does not read like contacts=4.", ctx, param)
        found[name] = Decimal(number)
    return found


def days(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Read ``10/30`` as the days active and the days of the period."""
    if value is None:
        return None
    active, _, period = value.partition("/")
    if not (active.isdecimal() and period.isdecimal() and 0 < int(period) >= int(active)):
        raise click.BadParameter(f"{value!r} does not read like 10/30.", ctx, param)
    return int(active), int(period)


@click.command(cls=PolicyCommand)
@click.argument("file", type=FILE)
@click.argument("plan")
@click.option("--licence-fee", callback=amount, metavar="X", help="What the product costs.")
@click.option("--total-spend", callback=amount, metavar="Y", help="Else both fees together.")
@click.option(
    "--units", callback=units, multiple=True, metavar="NAME=N", help="E.g. contacts=4; repeatable."
)
@click.option("--days", callback=days, metavar="ACTIVE/PERIOD", help="For prices by the day.")
@click.option("--months", type=click.IntRange(1), metavar="N", help="For so long, not one period.")
@subscription_option
@json_option
def price(
    *,
    file: Path,
    plan: str,
    licence_fee: Decimal | None,
    total_spend: Decimal | None,
    units: dict[str, Decimal],
    days: tuple[int, int] | None,
    months: int | None,
    subscription_file: Path | None,
    as_json: bool,
) -> None:
    """Say what a plan and its add-ons cost, and whether the customer may have them."""
    sums = {"licence_fee": licence_fee, "total_spend": total_spend}
    given = {name: value for name, value in sums.items() if value is not None}
    held = bought(read(file), subscribed(plan, subscription_file))
    for each in held:
        if each.price is None:
            raise UnusableInputError(f"the policy does not state a price for `{each.key}`.")
    try:
        found = bill(held, Basis(sums=given, units=units, days=days), months)
    except PriceError as error:
        raise UnusableInputError(f"{error}.") from error
    if as_json:
        print_json(_json(found))
    else:
        click.echo(_said(found))


def _json(found: Bill) -> dict[str, str | bool | None]:
    return {
        "fee": _text(found.fee),
        "total": _text(found.total),
        "eligible": found.eligible,
        "shortfall": _text(found.shortfall),
        "currency": found.currency,
        "per": found.per,
    }


def _said(found: Bill) -> str:
    currency = found.currency or ""
    per = f" per {found.per}" if found.per else ""
    per = f" for {found.months} months" if found.months else per
    if found.fee is None:
        return "the price is agreed by contract"
    said = f"fee {found.fee} {currency}{per}".rstrip()
    said += f", total {found.total} {currency}".rstrip() if found.total is not None else ""
    if not found.eligible:
        said += f"; not open to this customer: {found.shortfall} {currency} of spend are missing"
    return said


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
