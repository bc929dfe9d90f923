"""From plain data to models: each fault becomes a problem with its place and advice."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from duly.policy.document.base import Part
from duly.policy.document.tagged import FORM
from duly.policy.nearest import nearest
from duly.policy.problems import Path, PolicyErrors, Problem
from duly.policy.reading.source import Data, Source, at

Model = TypeVar("Model", bound=Part)


def validate(model: type[Model], source: Source, **context: Any) -> Model:
    """Read a source's data as a `model`.

    Raises:
        PolicyErrors: with every fault found.
    """
    if not isinstance(source.data, dict):
        raise source.refuse((), "shape", f"{model.named} is a mapping of keys and values.")
    try:
        return model.model_validate(source.data, context=context)
    except ValidationError as error:
        raise PolicyErrors(
            [_problem(details, source, context) for details in error.errors(include_url=False)]
        ) from error


def _problem(details: ErrorDetails, source: Source, context: Mapping[str, Any]) -> Problem:
    path = _path(details["loc"], source.data)
    kind, detail = details["type"], details.get("ctx", {})
    value = at(source.data, path)
    if kind == "fault":
        key = detail.get("key")
        here = (*path, key) if key is not None else path
        return source.problem(here, detail["code"], detail["message"], at_key=key is not None)
    if kind == "extra_forbidden":
        parent = at(source.data, path[:-1])
        known = _keys(context.get("models", {}).get(id(parent)))
        message = f"`{path[-1]}` is not known here{nearest(str(path[-1]), known)}"
        message += f" Known: {', '.join(known)}." if "did you" not in message else ""
        return source.problem(path, "unknown-key", message, at_key=True)
    if kind == "missing":
        missing = details["loc"][-1]
        return source.problem(path, "missing-key", f"`{missing}` is missing.", at_key=True)
    if value is None:
        return source.problem(path, "missing-value", "a value is missing here.", at_key=True)
    return source.problem(path, *_advice(kind, detail, value, details["msg"]))


def _advice(kind: str, detail: Mapping[str, Any], value: Data, message: str) -> tuple[str, str]:
    """Say in plain words what the usual faults of a value mean: a code and a sentence."""
    if kind in ("literal_error", "enum"):
        expected = str(detail["expected"]).replace("'", "`")
        return "unknown-value", f"`{value}` is not one of {expected}{_near(value, expected)}"
    if kind in ("string_type", "string_pattern_mismatch", "string_too_short"):
        if isinstance(value, str):
            return "text", f"`{value}` does not have the form {detail.get('pattern', 'of a text')}."
        return "shape", "a text is expected here."
    if kind.endswith("_type"):
        wanted = "a list" if kind.startswith(("tuple", "list")) else "a mapping"
        return "shape", f"{wanted} is expected here."
    return "value", message


def _near(value: Data, expected: str) -> str:
    words = [word.strip("` ") for word in expected.replace(" or ", ",").split(",")]
    return nearest(value, words) or "." if isinstance(value, str) else "."


def _keys(model: type[Part] | None) -> list[str]:
    if model is None:
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _path(location: tuple[int | str, ...], data: Data) -> Path:
    """Keep the steps that the file has: pydantic adds the names of forms and ``[key]``."""
    path: list[str | int] = []
    for step in location:
        if isinstance(step, str) and step.startswith((FORM, "[key]")):
            continue
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        path.append(step)
    return tuple(path)
