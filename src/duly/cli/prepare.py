"""What is done before the processes start: migrations, and on the very first start the demonstration.

`python -m duly.cli.prepare` migrates and ends with code `NO_PEOPLE` when the desk has no people yet;
`python -m duly.cli.prepare demo` makes the demonstration and writes how to sign in.
"""

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command

from duly.cli.home import CLONE, SIGN_INS
from duly.cli.launch import NO_PEOPLE

POLICY = CLONE / "policies" / "photoprism.yaml"


def migrate() -> int:
    """Bring the database up to date; give the exit code."""
    from duly.desk.people.person import Person  # noqa: PLC0415 - needs Django to be ready

    # The checks load every page; they belong to the tests, not to each start.
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    return 0 if Person.objects.exists() else NO_PEOPLE


def demonstrate() -> int:
    """Make the demonstration; give the exit code."""
    from duly.channels import wall_clock  # noqa: PLC0415 - needs Django to be ready
    from duly.cli import demo  # noqa: PLC0415

    demo.make_demo(at=wall_clock.now(), policy=POLICY.read_text(encoding="utf-8"))
    lines = [f"  {person.email:26} {person.sees}" for person in demo.SIGN_INS]
    text = "\n".join(
        ["This is a demonstration. Sign in as", *lines, f"with the password  {demo.PASSWORD}"]
    )
    (Path(os.environ["DULY_HOME"]) / SIGN_INS).write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    django.setup()
    sys.exit(demonstrate() if sys.argv[1:] == ["demo"] else migrate())
