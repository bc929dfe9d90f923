"""Resolved tickets close by themselves, and what is owed after a resolving is due until it is given."""

from django.db import migrations, models

# A missed root cause of a resolved ticket is owed on: its due was left out of the ticket's row until now.
OWED = """
UPDATE desk_ticket ticket SET next_due_at = least(ticket.next_due_at, clock.due_at)
  FROM desk_clock clock
 WHERE clock.ticket_id = ticket.id AND clock.kind = 'root_cause' AND clock.state = 'missed'
   AND clock.met_at IS NULL AND ticket.status IN ('resolved', 'closed')
   AND NOT EXISTS (SELECT FROM desk_clock later
                    WHERE later.ticket_id = ticket.id AND later.kind = clock.kind AND later.cycle > clock.cycle)
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0018_saved_views")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="closes_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "close_after_days",
                    models.PositiveSmallIntegerField(blank=True, default=14, null=True),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_desk")
                ],
            },
        ),
        migrations.RunSQL(OWED, migrations.RunSQL.noop),
    ]
