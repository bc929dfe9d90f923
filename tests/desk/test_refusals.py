"""Refusals are sentences in the language of whoever is refused."""

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import translation

from duly.desk.actions.agreements.addons import drop_addon
from duly.desk.actions.mail.sort_again import sort_again
from duly.desk.actions.people.organise import add_team
from duly.desk.actions.people.set_domains import set_domains
from duly.desk.errors import DeskError
from duly.desk.mailroom.raw_mail import RawMail
from tests.desk.people import MONDAY, Cast
from tests.desk.test_access_of_the_desk import mail_of, objects, subscription_of


def test_people_agreements_and_mail_refuse_in_german(people: Cast) -> None:
    objects(people)
    boss, acme = people.actor("owner"), people.acme.pk
    mail = mail_of(acme)
    RawMail.objects.filter(pk=mail).update(outcome="ticket")
    refused: dict[str, Callable[[], object]] = {
        "Geben Sie einen Namen an.": partial(add_team, actor=boss, name=" ", at=MONDAY),
        "Bei gmail.com kann jeder eine Adresse haben.": partial(
            set_domains, actor=boss, organisation_id=acme, domains=["gmail.com"], at=MONDAY
        ),
        "Der Zusatz „weekend“ ist nicht gebucht.": partial(
            drop_addon,
            actor=boss,
            subscription_id=subscription_of(acme),
            addon="weekend",
            at=MONDAY,
        ),
        "Was aus dieser Mail wurde, lässt sich nicht zurücknehmen. Nichts wurde geändert.": partial(
            sort_again, actor=boss, mail_id=mail, at=MONDAY
        ),
    }
    for sentence, act in refused.items():
        with translation.override("de"), pytest.raises(DeskError) as caught:
            act()
        assert str(caught.value) == sentence
