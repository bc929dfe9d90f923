"""A small parent for programs that cannot watch their own parent, on systems that do not tell (macOS).

`python -m duly.cli.supervisor.guard SIGINT program …` runs the program, hands signals on, and ends it when its own
parent dies.
"""

import signal
import subprocess
import sys

from duly.cli.supervisor.parent import poll_parent


def main() -> int:
    """Run the program given on the command line and give its exit code."""
    ends_with = signal.Signals[sys.argv[1]]
    # A shell that starts us in the background makes us ignore SIGINT, and our program would inherit that.
    signal.signal(ends_with, signal.SIG_DFL)
    program = subprocess.Popen(sys.argv[2:], process_group=0)

    def end(*_: object) -> None:
        program.send_signal(ends_with)

    for received in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(received, end)
    poll_parent(end)
    return program.wait()


if __name__ == "__main__":
    sys.exit(main())
