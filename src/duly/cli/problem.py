"""What stops a command: said in plain words, with what to do, and an exit code."""

from click import ClickException


class Problem(ClickException):
    """Something outside the program stands in the way; the message says what and what to do."""

    exit_code = 1
