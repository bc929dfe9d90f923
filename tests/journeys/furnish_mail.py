"""Let mail come to the desk of the journeys: one that becomes a ticket, two that wait; letters to Olga came back.

`python -m tests.journeys.furnish_mail`, in the environment of an installation that `furnish` furnished.
"""

from email.message import EmailMessage
from email.policy import SMTP

import django

HTML = """
<h1>It stops</h1><p>Look: <img src="cid:shot@acme"> <img src="https://spy.example/1.gif"></p>
<script>document.body.textContent = "taken over"</script>
<p><a href="javascript:alert(1)">a link</a></p>
"""
UNREACHED = "olga@desk.example"
"""She writes no mail here, so the mark stays."""


def main() -> None:
    django.setup()
    from duly.channels import wall_clock
    from duly.desk.actions.mail.keep import keep
    from duly.desk.mailroom.mailbox import Mailbox
    from duly.desk.people.person import Person
    from tests.web.mails import PNG

    mailbox, _ = Mailbox.objects.get_or_create(
        address="desk@desk.example",
        defaults={"name": "Support", "kind": "listener", "verdict_server": "mx.desk.example"},
    )
    for subject, vouched in (("With a picture", "pass"), ("First", "none"), ("Second", "none")):
        keep(mailbox_id=mailbox.pk, raw=mail(subject, vouched, PNG), at=wall_clock.now())
    Person.objects.filter(email=UNREACHED).update(
        unreached_at=wall_clock.now(), unreached_because="550 5.1.1 mailbox unavailable"
    )


def mail(subject: str, vouched: str, picture: bytes) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Authentication-Results"] = f"mx.desk.example; dmarc={vouched} header.from=acme.example"
    message["From"] = "Clara <clara@acme.example>"
    message["To"] = "desk@desk.example"
    message["Subject"] = subject
    message["Message-ID"] = f"<{subject.replace(' ', '-')}@acme.example>"
    message.set_content("It stops.\n\nOn Monday, the desk wrote:\n> Try again\n")
    message.add_alternative(HTML, subtype="html")
    message.get_payload()[1].add_related(picture, "image", "png", cid="<shot@acme>")  # type: ignore[union-attr, index]
    message.add_attachment(
        b"<svg onload=alert(1)>", maintype="image", subtype="svg+xml", filename="x.svg"
    )
    return message.as_bytes()


if __name__ == "__main__":
    main()
