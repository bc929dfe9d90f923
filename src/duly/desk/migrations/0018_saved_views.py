"""Let the queue be filtered by its indexes alone, and filters be kept under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0017_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("selected", models.JSONField(default=dict)),
                ("shared_with", models.CharField(default="nobody", max_length=10)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_queue",
        ),
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_queue_by_due",
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
                condition=models.Q(("status__in", ("open", "waiting"))),
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
                condition=models.Q(("status__in", ("open", "waiting"))),
                name="ticket_queue_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                models.F("organisation"),
                models.OrderBy(models.F("next_due_at"), nulls_last=True),
                models.F("rank"),
                models.F("id"),
                condition=models.Q(("status__in", ("open", "waiting"))),
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
                condition=models.Q(("status__in", ("open", "waiting"))),
                name="ticket_queue_by_opening",
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="saved_views",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="desk.team",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shared_with", "team"), ("team__isnull", False)),
                    models.Q(models.Q(("shared_with", "team"), _negated=True), ("team", None)),
                    _connector="OR",
                ),
                name="saved_view_team",
            ),
        ),
    ]
