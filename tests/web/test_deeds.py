"""What agents do with a word or two, from the page: what it offers, what each does, and the way back."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from duly.desk.actions.people.organise import add_team
from duly.desk.actions.tickets.merge import merge
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.tickets.event import Event
from duly.desk.tickets.tag import Follower
from duly.desk.tickets.ticket import Status, Ticket
from tests.conftest import Clock
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import FULL, acme_holds
from tests.web.conftest import set_clock
from tests.web.reading import page, words

ABOUT_TWO_HOURS = re.compile("(2 h|1 h 59 min) left")


@pytest.fixture
def ticket(people: Cast, now: datetime) -> Ticket:
    """Give Clara's urgent ticket under the small policy with everything: an answer within two hours."""
    acme_holds(people, FULL)
    return report(people, now)


def report(people: Cast, at: datetime, name: str = "contact") -> Ticket:
    priority = "1" if name == "contact" else None
    actor = people.actor(name)
    return open_ticket(actor=actor, subject="Door", text="Stuck.", priority=priority, at=at)


@pytest.fixture
def lead(people: Cast, client: Client) -> Client:
    client.force_login(people.lead)
    return client


def at(ticket: Ticket, *path: str) -> str:
    return "/".join(["/desk/tickets", str(ticket.number), *path, ""])


def do(client: Client, ticket: Ticket, verb: str, **sent: str) -> str:
    answer = client.post(at(ticket, "do", verb), sent, follow=True)
    assert answer.status_code == 200, words(answer.content.decode())
    return answer.content.decode()


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_a_milestone_is_marked(lead: Client, ticket: Ticket) -> None:
    assert "Lena reported: Workaround" in words(do(lead, ticket, "mark", mark="workaround"))


def test_an_exclusion_names_its_clause_and_is_withdrawn_by_undo(
    lead: Client, ticket: Ticket
) -> None:
    assert "Training is not support." in page(lead, at(ticket))
    html = do(lead, ticket, "exclude", cause="training")
    assert "no longer counts" in words(html)
    assert f'action="{at(ticket, "step", "withdraw")}"' in html
    text = words(html)
    assert "Lena found the ticket outside the agreement: “Training is not support.”" in text
    assert text.count("Training is not support.") == 2, "it is not offered again"
    lead.post(at(ticket, "step", "withdraw"))
    text = page(lead, at(ticket))
    assert ABOUT_TWO_HOURS.search(text)
    assert "Lena withdrew the exclusion by “Training is not support.”" in text


def test_only_exclusions_are_offered_as_clauses(lead: Client, ticket: Ticket) -> None:
    assert "Nine to five." not in page(lead, at(ticket))


def test_an_agent_without_the_right_is_not_offered_to_exclude(
    people: Cast, client: Client, ticket: Ticket
) -> None:
    client.force_login(people.agent)
    assert "Outside the agreement" not in page(client, at(ticket))
    answer = client.post(at(ticket, "do", "exclude"), {"cause": "training"})
    assert answer.status_code == 403
    assert fresh(ticket).excluded_by == ""


def test_a_merge_is_taken_back(lead: Client, ticket: Ticket, people: Cast, now: datetime) -> None:
    other = report(people, now)
    html = do(lead, ticket, "merge", into=f" #{other.number} ")
    assert f"merged the ticket into #{other.number}" in words(html)
    assert f'href="{at(other)}"' in html
    assert f"merged ticket #{ticket.number} into this one" in page(lead, at(other))
    lead.post(at(ticket, "step", "unmerge"))
    text = page(lead, at(ticket))
    assert fresh(ticket).status == Status.OPEN
    assert ABOUT_TWO_HOURS.search(text)


@pytest.mark.parametrize("into", ["", "999999", "a word", "²"])
def test_merging_into_nothing_says_so(lead: Client, ticket: Ticket, into: str) -> None:
    answer = lead.post(at(ticket, "do", "merge"), {"into": into})
    assert answer.status_code == 422
    assert "There is no ticket with that number." in words(answer.content.decode())
    assert fresh(ticket).merged_into is None


def test_a_ticket_is_put_aside_until_an_hour_of_the_readers_zone(
    lead: Client, ticket: Ticket, people: Cast
) -> None:
    people.lead.zone = "Europe/Berlin"
    people.lead.save()
    assert 'value="2026-10-20T09:00"' in lead.get(at(ticket)).content.decode()
    assert "until tomorrow 09:30" in words(do(lead, ticket, "snooze", until="2026-10-20T09:30"))
    # 09:30 in Berlin is 07:30 UTC, 23.5 hours after Monday 08:00.
    assert fresh(ticket).snoozed_until == MONDAY + timedelta(hours=23, minutes=30)
    lead.post(at(ticket, "step", "bring-back"))
    assert fresh(ticket).snoozed_until is None


def test_no_hour_is_refused(lead: Client, ticket: Ticket) -> None:
    assert lead.post(at(ticket, "do", "snooze"), {"until": "soon"}).status_code == 422


def test_tags_subject_and_time(lead: Client, ticket: Ticket) -> None:
    assert "billing" in words(do(lead, ticket, "tag", tags="Billing, , vip"))
    assert sorted(ticket.taggings.values_list("tag__name", flat=True)) == ["billing", "vip"]
    assert "Front door" in words(do(lead, ticket, "retitle", subject="Front door"))
    do(lead, ticket, "spend", minutes="30", on="guidance")
    assert Event.objects.get(kind="spent").facts["minutes"] == 30
    assert "Lena spent 30 minutes on guidance" in page(lead, at(ticket))


def test_following_and_not(lead: Client, ticket: Ticket, people: Cast) -> None:
    lead.post(at(ticket, "step", "follow"))
    assert Follower.objects.filter(ticket=ticket, person=people.lead).exists()
    assert "Stop following" in page(lead, at(ticket))
    lead.post(at(ticket, "step", "unfollow"))
    assert not Follower.objects.exists()


def test_a_light_agent_is_offered_tags_alone(people: Cast, client: Client, ticket: Ticket) -> None:
    client.force_login(people.light_agent)
    text = page(client, at(ticket))
    assert "Tags, parted by commas" in text
    for other in ("Mark a milestone", "Put aside", "Merge into", "Change the subject", "Note time"):
        assert other not in text


def test_a_closed_ticket_offers_no_milestones(
    lead: Client, ticket: Ticket, people: Cast, now: datetime
) -> None:
    merge(actor=people.actor("lead"), ticket_id=ticket.pk, into_id=report(people, now).pk, at=now)
    text = page(lead, at(ticket))
    assert "Mark a milestone" not in text
    assert "Take the merging back" in text


def test_the_right_to_escalate_appears_with_the_miss_and_is_used_once(
    people: Cast, client: Client, ticket: Ticket, now: datetime, clock: Clock
) -> None:
    client.force_login(people.contact)
    address = f"/tickets/{ticket.number}/"
    assert "You may escalate" not in page(client, address)
    assert client.post(f"{address}escalate/", {"level": "1"}).status_code == 409
    # Two hours were promised.
    set_clock(clock, now + timedelta(hours=2, minutes=1))
    assert "Escalate to Lead" in page(client, address)
    assert "Escalate for the customer" not in page(client, address)
    text = words(client.post(f"{address}escalate/", {"level": "1"}, follow=True).content.decode())
    assert "escalated to level 1" in text
    assert "You may escalate" not in text


def test_an_agent_escalates_for_the_customer(
    lead: Client, ticket: Ticket, now: datetime, clock: Clock
) -> None:
    assert "Escalate" not in page(lead, at(ticket))
    set_clock(clock, now + timedelta(hours=3))
    assert "Escalate to Lead" in page(lead, at(ticket))
    assert "escalated to level 1" in words(do(lead, ticket, "escalate", level="1"))


def test_escalating_shows_the_clock_that_would_start(
    people: Cast, client: Client, ticket: Ticket, now: datetime, clock: Clock
) -> None:
    client.force_login(people.contact)
    set_clock(clock, now + timedelta(hours=3))
    # A level has the target of the clock that opened it, two hours: 10:00 in Berlin and three and two.
    assert "you are promised an answer by today 15:00 (2 hours)" in page(
        client, f"/tickets/{ticket.number}/"
    )


def test_where_the_provider_invokes_the_ladder_customers_may_not(
    people: Cast, client: Client, now: datetime, clock: Clock
) -> None:
    source = FULL.replace("invoked_by: customer", "invoked_by: provider")
    acme_holds(people, source)
    late = report(people, now)
    client.force_login(people.contact)
    set_clock(clock, now + timedelta(hours=3))
    assert "You may escalate" not in page(client, f"/tickets/{late.number}/")
    answer = client.post(f"/tickets/{late.number}/escalate/", {"level": "1"})
    assert answer.status_code == 403


def test_a_refusal_speaks_the_readers_language(lead: Client, ticket: Ticket, people: Cast) -> None:
    people.lead.language = "de"
    people.lead.save()
    answer = lead.post(at(ticket, "do", "merge"), {"into": str(ticket.number)})
    assert "lässt sich nicht mit sich selbst zusammenführen" in words(answer.content.decode())
    people.light_agent.language = "de"
    people.light_agent.save()
    lead.force_login(people.light_agent)
    answer = lead.post(at(ticket, "do", "mark"), {"mark": "workaround"})
    assert "Meilensteine dieses Tickets festhalten" in words(answer.content.decode())


def test_a_link_is_shown_on_both_tickets_and_removed_with_a_click(
    people: Cast, client: Client, ticket: Ticket
) -> None:
    other = open_ticket(actor=people.actor("stranger"), subject="B", text="B", at=MONDAY)
    client.force_login(people.agent)
    text = words(do(client, ticket, "link", to=f"#{other.number}", relation="caused_by"))
    assert f"caused by #{other.number} B" in text
    assert f"said that this ticket is caused by #{other.number}" in text
    assert f"the cause of #{ticket.number}" in page(client, at(other))
    text = words(do(client, other, "unlink", to=str(ticket.number)))
    assert "the cause of #" not in text.replace(f"is the cause of #{ticket.number}", "")
    assert f"took back the link to #{ticket.number}" in text


def test_a_link_to_no_ticket_is_refused(people: Cast, client: Client, ticket: Ticket) -> None:
    client.force_login(people.agent)
    answer = client.post(at(ticket, "do", "link"), {"to": "99999", "relation": "related"})
    assert answer.status_code == 422
    assert "There is no ticket with that number." in words(answer.content.decode())


def test_messages_are_split_off_and_brought_back(
    lead: Client, ticket: Ticket, people: Cast, now: datetime
) -> None:
    reply(actor=people.actor("contact"), ticket_id=ticket.pk, text="The window, too.", at=now)
    message = ticket.messages.latest("pk")
    html = lead.get(at(ticket)).content.decode()
    assert f'name="messages" value="{message.pk}"' in html
    answer = lead.post(
        at(ticket, "do", "split"), {"messages": [message.pk], "subject": "Window"}, follow=True
    )
    new = Ticket.objects.latest("pk")
    html = answer.content.decode()
    assert f"split messages off into ticket #{new.number}" in words(html)
    assert at(new, "step", "unsplit") in html, "the toast offers the way back"
    assert f"split this ticket off from #{ticket.number}" in page(lead, at(new))
    lead.post(at(new, "step", "unsplit"))
    assert "The window, too." in page(lead, at(ticket))


@pytest.mark.parametrize(
    ("verb", "sent", "why"),
    [
        ("merge", {"into": "#99999999"}, "no ticket with that number"),
        ("snooze", {"until": "2020-01-01T09:00"}, "still ahead"),
        ("spend", {"minutes": "9999", "on": "guidance"}, "no number of minutes"),
        ("retitle", {"subject": " "}, "is empty"),
        ("tag", {"tags": "x" * 60}, "1 to 50 letters"),
        ("split", {"subject": "Mine"}, "Choose the messages"),
    ],
)
def test_what_cannot_be_used_comes_back_in_its_form_with_the_reason(
    lead: Client, ticket: Ticket, verb: str, sent: dict[str, str], why: str
) -> None:
    answer = lead.post(at(ticket, "do", verb), sent)
    html = answer.content.decode()
    form = html.split(f'action="{at(ticket, "do", verb)}"')[1].split("</form>")[0]
    assert answer.status_code == 422
    assert f'value="{next(iter(sent.values()))}"' in form
    assert why in words(form)
    assert f'aria-describedby="wrong-{verb}"' in form


def test_a_ticket_waits_for_whom_the_policy_names(
    people: Cast, client: Client, ticket: Ticket
) -> None:
    client.force_login(people.agent)
    html = client.get(at(ticket)).content.decode()
    assert '<option value="shipment">shipment</option>' in html
    assert "Waiting for others" in words(do(client, ticket, "wait", on="third_party"))
    assert fresh(ticket).waiting_on == "third_party"
    do(client, ticket, "wait", on="shipment")
    assert fresh(ticket).waiting_on == "shipment"
    client.post(at(ticket, "step", "resume"))
    assert fresh(ticket).status == Status.OPEN


def test_a_ticket_is_given_to_a_team_that_the_agent_sees(
    people: Cast, client: Client, ticket: Ticket
) -> None:
    boss = people.actor("owner")
    secret = add_team(actor=boss, name="Secret", is_private=True, at=MONDAY)
    client.force_login(people.agent)
    text = client.get(at(ticket)).content.decode()
    assert f'<option value="{people.team.pk}">Support</option>' in text
    assert "Secret" not in text
    do(client, ticket, "team", team=str(people.team.pk))
    assert (fresh(ticket).team_id, fresh(ticket).assignee_id) == (people.team.pk, None)
    do(client, ticket, "team", team="0")
    assert fresh(ticket).team_id is None
    client.force_login(people.owner)
    do(client, ticket, "team", team=str(secret.pk))
    client.force_login(people.agent)
    assert client.get(at(ticket)).status_code == 404, "only its people see it now"
