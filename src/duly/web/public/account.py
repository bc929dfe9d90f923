"""Who may have an account: people the desk knows. Nobody signs up; they are invited, or wrote in before."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by invitation: a password is set through a link sent to the address, which proves it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody makes an account for themselves."""
        return False
