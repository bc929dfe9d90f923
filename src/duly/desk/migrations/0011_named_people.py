"""When agents work and when they are away, and whom a plan names."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def key() -> tuple[str, Any]:
    field = models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )
    return "id", field


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0010_held_mail_readings"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="hours",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                key(),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_at__gt", models.F("from_at"))),
                        name="absence_ends_after_it_began",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedPerson",
            fields=[
                key(),
                ("place", models.CharField(max_length=100)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named_people",
                        to="desk.subscription",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subscription", "place"), name="named_person_once"
                    )
                ],
            },
        ),
    ]
