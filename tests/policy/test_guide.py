"""The guide is true: its files are read, its commands are run, their output is what it prints."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from duly.cli.main import main

GUIDE = (Path(__file__).parents[2] / "docs" / "policy-guide.md").read_text()
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(block: str) -> list[tuple[str, str]]:
    """Split a console block into commands and what they print."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def test_every_file_and_command_does_what_the_guide_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = 0
    for kind, block in BLOCK.findall(GUIDE):
        if kind == "yaml":
            name, _, content = block.removeprefix("# ").partition("\n")
            Path(name).write_text(content)
            continue
        for command, printed in commands(block):
            assert command.startswith("duly policy ")
            result = CliRunner().invoke(main, command.split()[1:])
            assert result.output == printed, command
            run += 1
    assert run == 6
