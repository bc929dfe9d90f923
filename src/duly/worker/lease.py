"""A lease that lasts as long as the sending: a slow server is not handed the same mail by a second relay meanwhile."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from duly.channels import wall_clock
from duly.desk.actions.deliveries.claim import renew

RENEWED_EVERY_SECONDS = 20.0
MOST_RENEWALS = 30
"""After ten minutes a sending counts as hanging, and its lease ends."""

logger = logging.getLogger(__name__)


@contextmanager
def kept(delivery_id: int) -> Iterator[None]:
    """Renew a delivery's lease until what is done within is over; a relay that dies renews nothing."""
    is_over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(delivery_id, is_over), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        is_over.set()
        keeper.join()


def _keep(delivery_id: int, is_over: threading.Event) -> None:
    try:
        for _ in range(MOST_RENEWALS):
            if is_over.wait(RENEWED_EVERY_SECONDS):
                return
            renew(delivery_id=delivery_id, at=wall_clock.now())
        logger.warning("Delivery %s takes too long: its lease is not renewed", delivery_id)
    except DatabaseError:
        logger.exception("The lease of delivery %s could not be renewed", delivery_id)
    finally:
        connection.close()
