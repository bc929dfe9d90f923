"""Targets in words: `suggested every 2 business days on customer` as people of any language say it."""

from duly.core.quantity import Quantity, TargetError, Unit, Untimed, Within, parse
from duly.policy.page.say import Say, numbered, phrase

CUSTOMER = "customer"
ONCE = {
    Unit.MINUTE: numbered("{n} minute", "{n} minutes"),
    Unit.HOUR: numbered("{n} hour", "{n} hours"),
    Unit.BUSINESS_MINUTE: numbered("{n} business minute", "{n} business minutes"),
    Unit.BUSINESS_HOUR: numbered("{n} business hour", "{n} business hours"),
    Unit.BUSINESS_DAY: numbered("{n} business day", "{n} business days"),
    Unit.DAY: numbered("{n} day", "{n} days"),
    Unit.WEEK: numbered("{n} week", "{n} weeks"),
}
EVERY = {
    Unit.MINUTE: numbered("every minute", "every {n} minutes"),
    Unit.HOUR: numbered("every hour", "every {n} hours"),
    Unit.BUSINESS_MINUTE: numbered("every business minute", "every {n} business minutes"),
    Unit.BUSINESS_HOUR: numbered("every business hour", "every {n} business hours"),
    Unit.BUSINESS_DAY: numbered("every business day", "every {n} business days"),
    Unit.DAY: numbered("every day", "every {n} days"),
    Unit.WEEK: numbered("every week", "every {n} weeks"),
}
ALONE = {
    Unit.NEXT_BUSINESS_DAY: phrase("next business day"),
    Unit.END_OF_BUSINESS_DAY: phrase("end of business day"),
    Untimed.BEST_EFFORT: phrase("best effort"),
    Untimed.CONTINUOUS: phrase("continuous"),
    Untimed.NONE: phrase("no promise"),
}


def target_in_words(stated: str, say: Say) -> str:
    """Say a target; what is none is given back as it is."""
    try:
        target = parse(stated)
    except TargetError:
        return stated
    said = _within(target.within, say, every=target.every)
    if target.on == CUSTOMER:
        said = say("{target} in the customer's hours").format(target=said)
    elif target.on:
        said = say("{target} on {calendar}").format(target=said, calendar=target.on)
    return say("suggested {target}").format(target=said) if target.suggested else said


def _within(within: Within, say: Say, *, every: bool) -> str:
    if not isinstance(within, Quantity):
        return say(ALONE[within])
    if within.unit in ALONE:
        return say(ALONE[within.unit])
    one, many = (EVERY if every else ONCE)[within.unit]
    return say(one, many, within.amount).format(n=within.amount)
