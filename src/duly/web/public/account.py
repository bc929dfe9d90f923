"""Who may have an account: people the desk knows. Nobody signs up; they are invited, or wrote in before."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse

from duly.channels import wall_clock
from duly.desk.access.actor import actor_for
from duly.desk.actions.people.choose_password import choose_password
from duly.desk.actions.people.signed_in import sign_in_refused, signed_in
from duly.desk.people.person import Person, address
from duly.web import second_factor
from duly.web.password_mail import send_new_password


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by invitation: a password is set through a link sent to the address, which proves it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody makes an account for themselves."""
        return False

    def post_login(self, request: HttpRequest, user: Person, **known: Any) -> HttpResponse:
        """Write the sign-in into the audit."""
        methods = dict.fromkeys(
            each["method"] for each in get_authentication_records(request, user)
        )
        how = "+".join(methods) or "link"
        signed_in(person=user, how=how, via="web", at=wall_clock.now())
        second_factor.ask_for_it(request, user)
        answer: HttpResponse = super().post_login(request, user, **known)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write it into the audit, where it was somebody whom the desk knows; what a stranger typed is not kept."""
        super().authentication_failed(request, **credentials)
        person = Person.objects.filter(email=address(credentials.get("email") or "")).first()
        if person is not None:
            sign_in_refused(person=person, how="password", via="web", at=wall_clock.now())

    def set_password(self, user: Person, password: str) -> None:
        """Choose a password as every other way does, so that the audit knows."""
        actor = actor_for(user, via="web")
        choose_password(actor=actor, person_id=user.pk, password=password, at=wall_clock.now())
        user.refresh_from_db(fields=["password"])

    def send_password_reset_mail(self, user: Person, email: str, context: object) -> None:  # noqa: ARG002
        """Send the link to the one address that the person has."""
        send_new_password(user)
