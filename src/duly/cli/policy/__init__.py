"""`duly policy …`: everything one can do with a policy file. These commands never load Django."""

import click

from duly.cli.lazy import LazyGroup, Where

COMMANDS = {
    "check": Where("duly.cli.policy.check:check", "Find faults in policy files."),
    "test": Where("duly.cli.policy.test:test", "Run the cases of files, or of folders."),
    "replay": Where("duly.cli.policy.replay:replay", "Replay the tickets of a case."),
    "explain": Where(
        "duly.cli.policy.explain:explain",
        "Explain a clock: what was counted, paused and promised.",
    ),
    "promise": Where(
        "duly.cli.policy.promise:promise", "Say what would be promised if reported then."
    ),
    "diff": Where(
        "duly.cli.policy.diff:diff",
        "Compare two versions of a policy by what they mean; ends with 1 when a promise became weaker.",
    ),
    "price": Where(
        "duly.cli.policy.price:price",
        "Say what a plan and its add-ons cost, and whether the customer may have them.",
    ),
    "show": Where("duly.cli.policy.show:show", "Print the page that customers read."),
    "schema": Where("duly.cli.policy.schema:schema", "Print the JSON Schema of policy files."),
}


@click.group(cls=LazyGroup, where=COMMANDS)
def policy() -> None:
    """Check, test, replay and publish a support policy.

    Exit code 0: all is well. 1: a check or case fails. 2: the input cannot be used.
    """
