"""`duly policy …`: everything one can do with a policy file. These commands never load Django."""

import click

from duly.cli.lazy import LazyGroup

COMMANDS = {
    "check": "duly.cli.policy.check:check",
    "test": "duly.cli.policy.test:test",
    "replay": "duly.cli.policy.replay:replay",
    "explain": "duly.cli.policy.explain:explain",
    "promise": "duly.cli.policy.promise:promise",
    "price": "duly.cli.policy.price:price",
    "show": "duly.cli.policy.show:show",
    "schema": "duly.cli.policy.schema:schema",
}


@click.group(cls=LazyGroup, where=COMMANDS)
def policy() -> None:
    """Check, test, replay and publish a support policy.

    Exit code 0: all is well. 1: a check or case fails. 2: the input cannot be used.
    """
