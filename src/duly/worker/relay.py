"""The relay: makes deliveries of what the outbox holds, and sends them by mail."""

import logging

from duly.channels import wall_clock
from duly.channels.fault import fault_point
from duly.channels.mail_out.failure import Undeliverable
from duly.channels.mail_out.message import compose
from duly.channels.mail_out.route import route
from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.deliveries.settle import not_sent, sent
from duly.desk.mailroom.letter import Letter
from duly.desk.queries.brand import brand
from duly.desk.queries.outgoing import way_out
from duly.letters.mail import mail_of
from duly.worker import lease

PAUSE_SECONDS = 0.5

logger = logging.getLogger(__name__)


def step() -> float:
    """Empty the outbox, then send one letter: what is new never waits behind a slow server for more than one."""
    at = wall_clock.now()
    moved = dispatch(at=at)
    # One at a time, so that a lease covers one sending, not a queue of them.
    letters = claim(at=at, limit=1)
    fault_point("mail_out.claimed")
    for letter in letters:
        _send(letter)
    return 0 if moved or letters else PAUSE_SECONDS


def _send(letter: Letter) -> None:
    try:
        way = way_out()
        mail = compose(mail_of(letter, brand(), way.sender))
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
