"""Let the queue hold what is resolved and still owed something."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0021_mail_by_webhook")]

    operations = [
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_queue_of_team",
        ),
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_queue_of_assignee",
        ),
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_queue",
        ),
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_queue_by_due",
        ),
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_queue_of_organisation",
        ),
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_queue_by_opening",
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                models.F("rank"),
                models.OrderBy(models.F("next_due_at"), nulls_last=True),
                models.F("id"),
                models.F("organisation"),
                models.F("priority"),
                models.F("waiting_on"),
                models.F("channel"),
                models.F("team"),
                models.F("assignee"),
                models.F("binding"),
                models.F("snoozed_until"),
                models.F("opened_at"),
                condition=models.Q(
                    ("status__in", ("open", "waiting")),
                    ("next_due_at__isnull", False),
                    _connector="OR",
                ),
                name="ticket_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                models.OrderBy(models.F("next_due_at"), nulls_last=True),
                models.F("rank"),
                models.F("id"),
                models.F("organisation"),
                models.F("priority"),
                models.F("waiting_on"),
                models.F("channel"),
                models.F("team"),
                models.F("assignee"),
                models.F("binding"),
                models.F("snoozed_until"),
                models.F("opened_at"),
                condition=models.Q(
                    ("status__in", ("open", "waiting")),
                    ("next_due_at__isnull", False),
                    _connector="OR",
                ),
                name="ticket_queue_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                models.F("team"),
                models.OrderBy(models.F("next_due_at"), nulls_last=True),
                models.F("rank"),
                models.F("id"),
                condition=models.Q(
                    ("status__in", ("open", "waiting")),
                    ("next_due_at__isnull", False),
                    _connector="OR",
                ),
                name="ticket_queue_of_team",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                models.F("assignee"),
                models.OrderBy(models.F("next_due_at"), nulls_last=True),
                models.F("rank"),
                models.F("id"),
                condition=models.Q(
                    ("status__in", ("open", "waiting")),
                    ("next_due_at__isnull", False),
                    _connector="OR",
                ),
                name="ticket_queue_of_assignee",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                models.F("organisation"),
                models.OrderBy(models.F("next_due_at"), nulls_last=True),
                models.F("rank"),
                models.F("id"),
                condition=models.Q(
                    ("status__in", ("open", "waiting")),
                    ("next_due_at__isnull", False),
                    _connector="OR",
                ),
                name="ticket_queue_of_organisation",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                models.F("opened_at"),
                models.F("id"),
                models.F("organisation"),
                models.F("priority"),
                models.F("waiting_on"),
                models.F("channel"),
                models.F("team"),
                models.F("assignee"),
                models.F("binding"),
                models.F("snoozed_until"),
                models.F("next_due_at"),
                models.F("rank"),
                condition=models.Q(
                    ("status__in", ("open", "waiting")),
                    ("next_due_at__isnull", False),
                    _connector="OR",
                ),
                name="ticket_queue_by_opening",
            ),
        ),
    ]
