"""Nothing looks tickets up by their binding, nor by the ticket they went on in: each write of one paid for both."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0039_marks_in_queue"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ticket",
            name="binding",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="desk.binding",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="desk.ticket",
            ),
        ),
    ]
