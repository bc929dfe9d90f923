"""What is done once before the processes start: migrations, and on the very first start the demonstration.

`python -m duly.cli.prepare [--empty]`
"""

import django
from django.core.management import call_command


def main() -> None:
    """Bring the database up to date."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
