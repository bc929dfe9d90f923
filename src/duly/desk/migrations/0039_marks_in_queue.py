"""Tags and values know whether their ticket is in the queue; and what a desk of a million tickets is asked has its index."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


def leave(table: str) -> migrations.RunSQL:
    """Let those of tickets that are out of the queue know it."""
    return migrations.RunSQL(
        f"UPDATE {table} mark SET is_in_queue = false FROM desk_ticket ticket"  # noqa: S608 - a name of ours
        " WHERE ticket.id = ticket_id AND status NOT IN ('open', 'waiting') AND next_due_at IS NULL",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0038_role_second_factor"),
    ]

    operations = [
        migrations.AddField(
            model_name="fieldvalue",
            name="is_in_queue",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="tagging",
            name="is_in_queue",
            field=models.BooleanField(default=True),
        ),
        leave("desk_fieldvalue"),
        leave("desk_tagging"),
        migrations.AlterField(
            model_name="tagging",
            name="tag",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="taggings",
                to="desk.tag",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="requester",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requested_tickets",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="subscription",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="desk.subscription",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False), ("state__in", ["met", "missed"])),
                fields=["terms", "started_at", "kind", "state", "is_binding", "priority", "met_at"],
                name="clock_kept",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "held")), fields=["made_at"], name="delivery_held"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("kind__in", ["escalated", "excluded", "spent"])),
                fields=["kind", "at"],
                name="event_of_many_tickets",
            ),
        ),
        migrations.AddIndex(
            model_name="fieldvalue",
            index=models.Index(
                models.F("field"),
                django.db.models.functions.text.Upper("text"),
                models.F("ticket"),
                condition=models.Q(("is_current", True), ("is_in_queue", True)),
                name="field_value_in_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("is_from_agent", False)),
                fields=["written_at"],
                name="message_of_customers",
            ),
        ),
        migrations.AddIndex(
            model_name="tagging",
            index=models.Index(fields=["tag", "ticket"], name="tagging_of"),
        ),
        migrations.AddIndex(
            model_name="tagging",
            index=models.Index(
                condition=models.Q(("is_in_queue", True)),
                fields=["tag", "ticket"],
                name="tagging_in_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["requester", "-opened_at"], name="ticket_of_requester"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["subscription", "opened_at"], name="ticket_of_subscription"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("resolved_at__isnull", False)),
                fields=["resolved_at"],
                name="ticket_resolved",
            ),
        ),
    ]
