"""The relay: makes deliveries of what the outbox holds, and sends them by mail."""

import logging
import time
from collections.abc import Sequence
from datetime import datetime

from duly.channels import wall_clock
from duly.channels.fault import fault_point
from duly.channels.mail_out.failure import Undeliverable
from duly.channels.mail_out.message import compose
from duly.channels.mail_out.route import route
from duly.desk.actions.deliveries.claim import claim, give_back
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.deliveries.settle import not_sent, sent
from duly.desk.errors import NotPossible
from duly.desk.mailroom.letter import Letter
from duly.desk.queries.brand import Brand, brand
from duly.desk.queries.outgoing import WayOut, way_out
from duly.letters.mail import mail_of
from duly.worker import lease

PAUSE_SECONDS = 0.5
"""Letters that come one by one are sent together, for each batch of them costs the same few statements."""
MOST_AT_ONCE = 20
FRESH_SECONDS = 1.0
"""How long ago rights and wishes were asked when a letter leaves: what a slow server keeps waiting is asked again."""

logger = logging.getLogger(__name__)


def step() -> float:
    """Empty the outbox, then send letters: what is new never waits behind a slow server for more than one."""
    at = wall_clock.now()
    dispatch(at=at)
    letters = claim(at=at, limit=MOST_AT_ONCE)
    fault_point("mail_out.claimed")
    is_over = _send_all(letters, claimed_at=at)
    return PAUSE_SECONDS if is_over and len(letters) < MOST_AT_ONCE else 0


def _send_all(letters: Sequence[Letter], *, claimed_at: datetime) -> bool:
    """Send what can be sent while it is fresh, give back the rest; say whether that was all."""
    if not letters:
        return True
    try:
        way, look = way_out(), brand()
    except NotPossible as lack:
        for letter in letters:
            _failed(letter, Undeliverable(str(lack), permanent=False))
        return True
    until = time.monotonic() + FRESH_SECONDS
    for number, letter in enumerate(letters):
        if number and time.monotonic() > until:
            rest = [each.delivery_id for each in letters[number:]]
            give_back(rest, claimed_at=claimed_at, at=wall_clock.now())
            return False
        _send(letter, way, look)
    return True


def _send(letter: Letter, way: WayOut, look: Brand) -> None:
    try:
        mail = compose(mail_of(letter, look, way.sender))
        with lease.kept(letter.delivery_id):
            route(way.url).send(mail)
    except Undeliverable as failure:
        _failed(letter, failure)
    except Exception as failure:
        logger.exception("Delivery %s could not be written", letter.delivery_id)
        _failed(letter, Undeliverable(repr(failure), permanent=False))
    else:
        fault_point("mail_out.handed_over")
        sent(delivery_id=letter.delivery_id, at=wall_clock.now())
        fault_point("mail_out.settled")


def _failed(letter: Letter, failure: Undeliverable) -> None:
    logger.warning("Delivery %s, attempt %s: %s", letter.delivery_id, letter.attempt, failure)
    not_sent(
        delivery_id=letter.delivery_id,
        at=wall_clock.now(),
        reason=failure.reason,
        is_permanent=failure.permanent,
        is_of_address=failure.of_address,
    )
