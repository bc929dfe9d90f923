"""The table of commands: it loads only what is called, and says of each what the command says of itself."""

import subprocess
import sys
from collections.abc import Mapping

import click
import pytest
from click.testing import CliRunner

from duly.cli import main, policy
from duly.cli.lazy import LazyGroup, Where


@pytest.mark.parametrize(
    ("group", "where"), [(main.main, main.COMMANDS), (policy.policy, policy.COMMANDS)]
)
def test_the_table_says_what_each_command_says_of_itself(
    group: LazyGroup, where: Mapping[str, Where]
) -> None:
    context = click.Context(group)
    for name, (_, line) in where.items():
        command = group.get_command(context, name)
        assert command is not None
        assert (command.name, command.get_short_help_str(limit=100)) == (name, line)


def test_help_loads_no_command() -> None:
    program = (
        "import sys\n"
        "from duly.cli.main import main\n"
        "main(['policy', '--help'], standalone_mode=False)\n"
        "print(sorted(set(sys.modules) & {'pydantic', 'ruamel.yaml', 'django'}))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "Find faults in policy files." in said
    assert said.splitlines()[-1] == "[]"


def test_what_is_no_address_is_refused_before_anything_else_is_asked() -> None:
    said = CliRunner().invoke(main.main, ["found", "nobody@"])
    assert said.exit_code == 2
    assert "nobody@ is no e-mail address." in said.output
    assert "Your name" not in said.output
