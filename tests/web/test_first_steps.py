"""A desk that has promised nothing yet says what comes next, to whoever may do it."""

from django.test import Client
from pytest_django import Settings

from duly.desk.mailroom.outgoing import OutgoingServer
from tests.desk.people import Cast
from tests.desk.policies import acme_holds
from tests.web.reading import page

FOLDER = "sink:/tmp/letters"


def test_a_new_desk_leads_its_owner_from_the_queue_to_the_first_steps(
    people: Cast, client: Client, settings: Settings
) -> None:
    settings.DULY_MAIL_URL = FOLDER
    client.force_login(people.owner)
    assert "Take the first steps" in page(client, "/desk/")
    html = client.get("/desk/setup/").content.decode()
    # The cast has customers with people; neither a policy nor a subscription nor a way for mail.
    assert html.count('aria-current="step"') == 1
    before, _current, after = html.partition('aria-current="step"')
    assert "Publish a policy" in after
    assert "Publish a policy" not in before
    assert html.count(", done</span>") == 2


def test_with_a_promise_only_the_mail_is_left(
    people: Cast, client: Client, settings: Settings
) -> None:
    settings.DULY_MAIL_URL = FOLDER
    acme_holds(people)
    client.force_login(people.owner)
    assert "Nothing is waiting" in page(client, "/desk/")
    assert "Until then letters are written into a folder" in page(client, "/desk/setup/")
    OutgoingServer.objects.create(host="smtp.desk.example")
    assert "First steps" not in page(client, "/desk/setup/")


def test_mail_that_the_installation_sends_is_no_step_left(
    people: Cast, client: Client, settings: Settings
) -> None:
    settings.DULY_MAIL_URL = "smtp://mail.desk.example"
    acme_holds(people)
    client.force_login(people.owner)
    assert "First steps" not in page(client, "/desk/setup/")


def test_who_may_take_no_step_is_not_sent_to_one(people: Cast, client: Client) -> None:
    client.force_login(people.light_agent)
    assert "Nothing is waiting" in page(client, "/desk/")
    assert "First steps" not in page(client, "/desk/setup/")
