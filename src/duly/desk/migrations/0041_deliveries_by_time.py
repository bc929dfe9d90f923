"""The relay's index is of what is to be tried: by state it was walked whole for each letter that was settled."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0040_fewer_indexes_of_tickets"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="delivery", name="delivery_next"),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["next_attempt_at"],
                name="delivery_next",
                condition=Q(next_attempt_at__isnull=False),
            ),
        ),
    ]
