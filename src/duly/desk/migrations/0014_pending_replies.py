"""Replies on their way out, and who looks at which ticket."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0013_mail_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="undo_seconds",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="PendingReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("then", models.CharField(blank=True, default="", max_length=10)),
                ("key", models.CharField(max_length=100, null=True)),
                ("leaves_at", models.DateTimeField(null=True)),
                ("problem", models.TextField(blank=True, default="")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pending_replies",
                        to="desk.ticket",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "pending replies",
                "indexes": [
                    models.Index(
                        condition=models.Q(("leaves_at__isnull", False)),
                        fields=["leaves_at"],
                        name="pending_reply_next",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "person"), name="pending_reply_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("looked_at", models.DateTimeField()),
                ("wrote_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="desk.ticket",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "person"), name="presence_once")
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE desk_presence SET UNLOGGED", "ALTER TABLE desk_presence SET LOGGED"
        ),
    ]
