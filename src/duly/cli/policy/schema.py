"""`duly policy schema`: the JSON Schema of policy files, for editors."""

import click

from duly.cli.policy.command import PolicyCommand, json_option, print_json
from duly.policy.schema import json_schema


@click.command(cls=PolicyCommand)
@json_option
def schema(as_json: bool) -> None:  # noqa: ARG001 - it is JSON in any case
    """Print the JSON Schema of policy files.

    Save it and name it in the first line of a policy, and editors complete and check as you type:

        # yaml-language-server: $schema=policy.schema.json
    """
    print_json(json_schema())
