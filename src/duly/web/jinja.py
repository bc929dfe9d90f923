"""The Jinja2 environment of our pages."""

from typing import Any

from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """Make the environment that Django's Jinja2 engine asks for."""
    options["undefined"] = StrictUndefined
    return Environment(**options)  # noqa: S701 - Django passes autoescape
