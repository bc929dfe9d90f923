"""The loops of the worker, by name."""

from duly.worker import periodic, relay, tallying, watch
from duly.worker.mail_in import fetching, listening, sorting

LOOPS = {
    "watch": watch.step,
    "relay": relay.step,
    "mail-fetching": fetching.step,
    "mail-listening": listening.step,
    "mail-sorting": sorting.step,
    "tallying": tallying.step,
    "periodic": periodic.step,
}
"""Each does what is due and gives the seconds until it wants to be asked again."""
