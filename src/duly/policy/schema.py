"""The JSON Schema of policy files, as editors use it: what YAML 1.2 makes of a policy."""

from typing import Any

from duly.policy.document.policy import Policy


def json_schema() -> dict[str, Any]:
    """Give the schema of a policy file."""
    schema = Policy.model_json_schema(mode="validation", by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_without_null(schema),
        "title": "Duly support policy",
    }


def _without_null(schema: Any) -> Any:
    """Leave out what only the models need: a key without a value is an error in a file."""
    if isinstance(schema, list):
        return [_without_null(part) for part in schema if part != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _without_null(part)
        for key, part in schema.items()
        if not (key == "default" and part is None)
    }
    several = kept.get("anyOf")
    if isinstance(several, list) and len(several) == 1:
        del kept["anyOf"]
        kept = {**several[0], **kept}
    return kept
