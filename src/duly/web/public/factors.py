"""What the sign-in's second factors have to do with the desk: roles that ask for one, and codes that were wrong."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from duly.channels import wall_clock
from duly.desk.access.people import must_have_second_factor
from duly.desk.actions.people.signed_in import sign_in_refused
from duly.web.second_factor import FACTORS


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors of people whose roles may ask for one."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last one of whoever must have one."""
        if authenticator.type not in FACTORS or not must_have_second_factor(authenticator.user_id):
            return True
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The code that is asked for behind the password."""

    def clean_code(self) -> str:
        """Write a wrong one into the audit."""
        try:
            code: str = super().clean_code()
        except ValidationError:
            sign_in_refused(person=self.user, how="code", via="web", at=wall_clock.now())
            raise
        return code
