"""The loops of the worker, by name."""

from duly.worker import periodic, relay, watch

LOOPS = {"watch": watch.step, "relay": relay.step, "periodic": periodic.step}
"""Each does what is due and gives the seconds until it wants to be asked again."""
