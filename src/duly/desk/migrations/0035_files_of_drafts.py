"""Drafts and replies on their way out keep files."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0034_unreached"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="files",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="pendingreply",
            name="files",
            field=models.JSONField(default=list),
        ),
    ]
