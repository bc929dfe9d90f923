"""Say of each path which page answers it, a line for each.

`python -m tests.journeys.pages_of PATH…`, in the environment of an installation.
"""

import sys

import django


def main() -> None:
    django.setup()
    from django.urls import Resolver404, resolve

    for path in sys.argv[1:]:
        try:
            print(resolve(path).view_name)  # noqa: T201
        except Resolver404:
            print("not found")  # noqa: T201


if __name__ == "__main__":
    main()
