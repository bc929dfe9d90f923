"""Mails that lead to a password: to whoever is brought in, and to whoever forgot theirs, each in their language."""

import logging

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.channels.mail_out.failure import Undeliverable
from duly.desk.mailroom.letter import Reader
from duly.desk.people.person import Person
from duly.desk.queries.brand import brand
from duly.desk.queries.outgoing import sender
from duly.letters.way_in import Occasion, WayIn, mail_of_way_in

log = logging.getLogger(__name__)


def invite(request: HttpRequest, person_id: int, organisation: str = "") -> None:
    """Write to somebody who was brought in, as a contact of an organisation or to work here; say how that went."""
    person = Person.objects.get(pk=person_id)
    who, link = str(request.user), _link_to_choose(person)
    if problem := _send(person, "invited", link, who=who, organisation=organisation):
        said = _("%(email)s is added, but the invitation could not be sent: %(problem)s")
        messages.error(request, said % {"email": person.email, "problem": problem})
    else:
        said = _("An invitation is on its way to %(email)s.")
        messages.success(request, said % {"email": person.email})


def send_to_new_address(request: HttpRequest, person: Person) -> None:
    """Write to the address that somebody has from now on; say how that went."""
    if problem := _send(person, "moved", _link_to_choose(person), who=str(request.user)):
        said = _("The address is changed, but no mail with a link could be sent to it: %(problem)s")
        messages.error(request, said % {"problem": problem})
    else:
        said = _("A link to choose a password is on its way to %(email)s.")
        messages.success(request, said % {"email": person.email})


def send_new_password(person: Person) -> None:
    """Write to whoever asked for a new password. The page says the same to everybody, so a failure is for the log."""
    if problem := _send(person, "forgotten", _link(person)):
        log.error("the link for a new password could not be sent: %s", problem)


def _link_to_choose(person: Person) -> str:
    """Whoever has a password already needs none."""
    return "" if person.has_usable_password() else _link(person)


def _send(
    person: Person, occasion: Occasion, link: str, *, who: str = "", organisation: str = ""
) -> str:
    """Send the letter; what went wrong, if anything."""
    reader = Reader(
        name=str(person),
        email=person.email,
        zone=person.zone,
        language=person.language,
        is_agent=False,
    )
    letter = WayIn(
        occasion=occasion,
        reader=reader,
        desk=settings.DULY_URL,
        link=link,
        who=who,
        organisation=organisation,
    )
    mail = mail_of_way_in(letter, brand(), sender())
    message = EmailMultiAlternatives(mail.subject, mail.text, mail.sender, [mail.to])
    message.attach_alternative(str(mail.html), "text/html")
    try:
        message.send()
    except Undeliverable as problem:
        return str(problem)
    return ""


def _link(person: Person) -> str:
    key = default_token_generator.make_token(person)
    where = {"uidb36": user_pk_to_url_str(person), "key": key}
    return settings.DULY_URL + reverse("account_reset_password_from_key", kwargs=where)
