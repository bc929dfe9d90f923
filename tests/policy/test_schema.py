"""The JSON Schema: editors that follow it accept the published policies and refuse what reading refuses."""

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from ruamel.yaml import YAML

from duly.policy.schema import json_schema

POLICIES = sorted(Path("policies").glob("*.yaml"))


def as_editors_read(text: str) -> Any:
    """Read YAML as an editor does: numbers are numbers, dates are texts."""

    def json_value(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): json_value(inside) for key, inside in value.items()}
        if isinstance(value, list):
            return [json_value(inside) for inside in value]
        return value.isoformat() if isinstance(value, date) else value

    return json_value(YAML(typ="safe", pure=True).load(text))


def faults(text: str) -> list[str]:
    validator = jsonschema.Draft202012Validator(json_schema())
    return [error.message for error in validator.iter_errors(as_editors_read(text))]


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("file", POLICIES, ids=lambda file: file.name)
def test_the_published_policies_follow_it(file: Path) -> None:
    assert faults(file.read_text()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("plans:", "planes:"),
        ("reopen: continue", "reopen: perhaps"),
        ("price: included", "prize: included"),
        ('week: {mon-fri: "09:00-17:00"}', 'week: {mon-frei: "09:00-17:00"}'),
        ("holidays: {country: DE", "holidays: {land: DE"),
        ("{limit: 4}", "{limits: 4}"),
        ("kind: excluded", "kind: forbidden"),
        ("known_since: 2026-11-21", "known_since: yesterday"),
    ],
)
def test_it_refuses_what_reading_refuses(old: str, new: str) -> None:
    text = Path("policies/photoprism.yaml").read_text()
    assert old in text
    assert faults(text.replace(old, new)) != []
