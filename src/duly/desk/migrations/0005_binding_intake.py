"""What a plan says of how reports come in, kept with the terms."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0004_tags_and_followers"),
    ]

    operations = [
        migrations.AddField(
            model_name="binding",
            name="intake",
            field=models.JSONField(default=dict),
        ),
    ]
