"""`duly found`: the first administrator of an empty desk."""

import click
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from duly.cli import home as homes
from duly.cli.installation import with_database
from duly.cli.problem import Problem


def _address(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    """Refuse what is no address before anything else is asked."""
    try:
        validate_email(text.strip())
    except ValidationError as error:
        raise click.BadParameter(f"{text} is no e-mail address.") from error
    return text


@click.command()
@click.argument("email", callback=_address)
@click.option("--name", prompt="Your name", help="The name that customers see.")
@click.option(
    "--zone", default="UTC", show_default=True, help="Your time zone, such as Europe/Berlin."
)
@click.password_option(help="Your password; asked for when it is left out.")
@click.option("--home", help="The folder of the installation. [default: .duly in the clone]")
def found(email: str, name: str, zone: str, password: str, home: str | None) -> None:
    """Make the first administrator of a desk that has no people yet."""
    with with_database(homes.chosen(home), "founds a desk") as installation:
        installation.enter()
        _found(email=email, name=name, zone=zone, password=password)
    click.echo(f"{email} can sign in now.")


def _found(*, email: str, name: str, zone: str, password: str) -> None:
    from django.contrib.auth.password_validation import (  # noqa: PLC0415 - needs Django to be ready
        validate_password,
    )
    from django.core.management import call_command  # noqa: PLC0415

    from duly.channels import wall_clock  # noqa: PLC0415
    from duly.desk.actions.setup import found as action  # noqa: PLC0415
    from duly.desk.errors import DeskError  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    try:
        validate_password(password)
        action.found(email=email, name=name, zone=zone, password=password, at=wall_clock.now())
    except ValidationError as error:
        raise Problem(" ".join(error.messages)) from error
    except DeskError as error:
        raise Problem(str(error)) from error
