"""`duly policy show`: the published plan page."""

from dataclasses import asdict
from pathlib import Path
from shutil import get_terminal_size

import click

from duly.cli.policy.command import FILE, PolicyCommand, json_option, print_json
from duly.policy.document.read import read
from duly.policy.page import html, markdown, text
from duly.policy.page.build import page
from duly.policy.page.model import Page

FORMATS = ("text", "markdown", "html")


@click.command(cls=PolicyCommand)
@click.argument("file", type=FILE)
@click.option("--plan", help="One plan instead of all.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@json_option
def show(file: Path, plan: str | None, form: str, as_json: bool) -> None:
    """Print the page that customers read."""
    built = page(read(file), plan)
    if as_json:
        print_json(asdict(built))
        return
    click.echo(_render(built, form), nl=False)


def _render(built: Page, form: str) -> str:
    if form == "html":
        return html.render(built)
    if form == "markdown":
        return markdown.render(built)
    return text.render(built, get_terminal_size().columns)
