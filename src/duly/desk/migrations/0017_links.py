"""Tickets are linked to each other: related, caused by, a duplicate of."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0016_refuse_truncate")]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("relation", models.CharField(max_length=20)),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="desk.ticket",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_here",
                        to="desk.ticket",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("ticket", "to"),
                        django.db.models.functions.comparison.Greatest("ticket", "to"),
                        name="link_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ticket", models.F("to")), _negated=True),
                        name="link_to_another",
                    ),
                ],
            },
        ),
    ]
