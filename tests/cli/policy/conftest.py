"""A policy and a case on disk, and the command as people run it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from duly.cli.main import main

POLICY = """\
duly: 1
policy: example
version: "1"
effective: 2026-01-01
rules: {business_day: end_of_nth_day}
calendars: {office: {zone: Europe/Berlin, week: {mon-fri: 09:00-17:00}}}
priorities: {label: Severity, levels: [{key: 1, name: Urgent}, {key: 2, name: Low}]}
plans:
  gold:
    name: Gold
    price: 8 % of licence_fee, from 60000 USD total_spend
    hours: office
    targets:
      first_response: {1: 8 business hours, 2: 3 business days}
      update: {1: every 2 hours, 2: none}
"""

CASE = """\
name: Eight hours over a weekend
policy: policy.yaml
subscription: {plan: gold}
tickets:
  A:
    - {at: 2026-10-23T16:00+02:00, event: opened, priority: 1, channel: email}
    - {at: 2026-10-26T10:00+01:00, event: replied, by: agent}
expect:
  - {at: 2026-10-24T00:00+02:00, ticket: A, clock: first_response, due_at: 2026-10-26T16:00+01:00}
"""

Duly = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy.yaml").write_text(POLICY)
    (tmp_path / "case.yaml").write_text(CASE)
    return tmp_path


@pytest.fixture
def duly(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Duly:
    """Run `duly policy …` in the folder."""
    monkeypatch.chdir(folder)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["policy", *arguments])

    return run


def parsed(result: Result) -> Any:
    return json.loads(result.stdout)
