"""The demonstration: an invented provider of photo software, its customers, and three weeks of their tickets.

For the command line, this is the whole door::

    make_demo(at=wall_clock.now())      # raises NotPossible on a desk that has people
    SIGN_INS                            # whom to sign in as, and why
"""

from duly.cli.demo.make import make_demo
from duly.cli.demo.people import PASSWORD, SIGN_INS, SignIn

__all__ = ["PASSWORD", "SIGN_INS", "SignIn", "make_demo"]
