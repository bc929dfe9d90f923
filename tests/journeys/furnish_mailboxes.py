"""Let the desk of the journeys have a mailbox of each kind, one of them with counts and a trouble.

`python -m tests.journeys.furnish_mailboxes`, in the environment of an installation that `furnish` furnished.
"""

from datetime import timedelta

import django


def main() -> None:
    django.setup()
    from duly.channels import wall_clock
    from duly.desk.actions.mailboxes.alarm import look_after_mailboxes
    from duly.desk.mailroom.count import MailCount
    from duly.desk.mailroom.mailbox import Mailbox
    from duly.desk.mailroom.oauth import OAuthGrant

    now, hour = wall_clock.now(), timedelta(hours=1)
    fetched, _ = Mailbox.objects.get_or_create(
        address="fetched@desk.example",
        defaults={
            "name": "Fetched",
            "kind": "imap",
            "host": "imap.desk.example",
            "user": "desk",
            "is_active": True,
            "counted_at": now,
            "read_at": now,
        },
    )
    OAuthGrant.objects.get_or_create(mailbox=fetched, provider="google", client_id="the-desk")
    Mailbox.objects.get_or_create(
        address="posted@desk.example",
        defaults={"name": "Posted", "kind": "webhook", "provider": "mailgun"},
    )
    for ago, missing in ((3, 0), (2, 0), (1, 2)):
        MailCount.objects.create(
            mailbox=fetched,
            since=now - (ago + 1) * hour,
            counted_at=now - ago * hour,
            arrived=7,
            kept=7 - missing,
            late=0,
            missing=missing,
        )
    look_after_mailboxes(at=now)


if __name__ == "__main__":
    main()
