"""The mail that brings somebody in: who invites them, and the link with which they choose a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from duly.channels.mail_out.failure import Undeliverable
from duly.desk.people.person import Person


def send_invitation(person_id: int, inviter: str) -> str:
    """Write to somebody who was brought in, in their language; say what went wrong, if anything did."""
    person = Person.objects.get(pk=person_id)
    with translation.override(person.language):
        facts = {"who": inviter, "desk": settings.DULY_URL, "link": _link(person)}
        subject = _("%(who)s invites you to the support desk") % facts
        text = (
            _(
                "%(who)s added you to the support desk at %(desk)s.\n\n"
                "Choose a password here, then sign in with this e-mail address:\n%(link)s\n\n"
                "The link works for three days. After that, ask for a new password at the sign-in page."
            )
            % facts
        )
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email])
    except Undeliverable as problem:
        return str(problem)
    return ""


def _link(person: Person) -> str:
    key = default_token_generator.make_token(person)
    where = {"uidb36": user_pk_to_url_str(person), "key": key}
    return settings.DULY_URL + reverse("account_reset_password_from_key", kwargs=where)
