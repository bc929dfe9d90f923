"""Fields of the desk's own, and their values on tickets."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0032_outgoing_provider"),
    ]

    operations = [
        migrations.CreateModel(
            name="Field",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=10)),
                (
                    "choices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("is_for_customers", models.BooleanField(default=False)),
                ("is_required_on_form", models.BooleanField(default=False)),
                ("is_required_to_resolve", models.BooleanField(default=False)),
                ("position", models.PositiveIntegerField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="FieldValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("is_current", models.BooleanField(default=True)),
                (
                    "field",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="desk.field",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_values",
                        to="desk.ticket",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("field"),
                        django.db.models.functions.text.Upper("text"),
                        models.F("ticket"),
                        condition=models.Q(("is_current", True)),
                        name="field_value_of",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("ticket", "field"),
                        name="field_value_once",
                    )
                ],
            },
        ),
    ]
