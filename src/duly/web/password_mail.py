"""Mails that lead to a password: to whoever is brought in, and to whoever forgot theirs, each in their language."""

import logging

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from duly.channels.mail_out.failure import Undeliverable
from duly.desk.people.person import Person

log = logging.getLogger(__name__)


def invite(request: HttpRequest, person_id: int, organisation: str = "") -> None:
    """Write to somebody who was brought in, as a contact of an organisation or to work here; say how that went."""
    person = Person.objects.get(pk=person_id)
    facts = {"who": request.user, "organisation": organisation, "desk": settings.DULY_URL}
    with translation.override(person.language):
        subject = _("%(who)s invites you to the support desk") % facts
        added = (
            _("%(who)s added you to %(organisation)s at the support desk %(desk)s.")
            if organisation
            else _("%(who)s added you to the support desk at %(desk)s.")
        )
        problem = _send(person, subject, f"{added % facts}\n\n{_way_in(person)}")
    if problem:
        said = _("%(email)s is added, but the invitation could not be sent: %(problem)s")
        messages.error(request, said % {"email": person.email, "problem": problem})
    else:
        said = _("An invitation is on its way to %(email)s.")
        messages.success(request, said % {"email": person.email})


def send_to_new_address(request: HttpRequest, person: Person) -> None:
    """Write to the address that somebody has from now on; say how that went."""
    facts = {"who": request.user, "desk": settings.DULY_URL}
    with translation.override(person.language):
        subject = _("Your address at the support desk")
        changed = _("%(who)s changed the address by which the support desk %(desk)s knows you.")
        problem = _send(person, subject, f"{changed % facts}\n\n{_way_in(person)}")
    if problem:
        said = _("The address is changed, but no mail with a link could be sent to it: %(problem)s")
        messages.error(request, said % {"problem": problem})
    else:
        said = _("A link to choose a password is on its way to %(email)s.")
        messages.success(request, said % {"email": person.email})


def send_new_password(person: Person) -> None:
    """Write to whoever asked for a new password. The page says the same to everybody, so a failure is for the log."""
    facts = {"desk": settings.DULY_URL, "link": _link(person)}
    with translation.override(person.language):
        subject = _("A new password for the support desk")
        text = (
            _(
                "Somebody, probably you, asked for a new password at %(desk)s.\n\n"
                "Choose it here:\n%(link)s\n\n"
                "The link works once, for three days. If it was not you, do nothing: your password stays as it is."
            )
            % facts
        )
        if problem := _send(person, subject, text):
            log.error("the link for a new password could not be sent: %s", problem)


def _way_in(person: Person) -> str:
    if person.has_usable_password():
        return _("Sign in there as before, with this e-mail address.")
    return _(
        "Choose a password here, then sign in with this e-mail address:\n%(link)s\n\n"
        "The link works for three days. After that, ask for a new password at the sign-in page."
    ) % {"link": _link(person)}


def _send(person: Person, subject: str, text: str) -> str:
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email])
    except Undeliverable as problem:
        return str(problem)
    return ""


def _link(person: Person) -> str:
    key = default_token_generator.make_token(person)
    where = {"uidb36": user_pk_to_url_str(person), "key": key}
    return settings.DULY_URL + reverse("account_reset_password_from_key", kwargs=where)
