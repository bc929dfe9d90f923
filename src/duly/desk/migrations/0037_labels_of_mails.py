import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0036_report_secret"),
    ]

    operations = [
        migrations.AddField(
            model_name="rawmail",
            name="labels",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=30), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="rawmail",
            index=models.Index(
                fields=["id"],
                name="raw_mail_refused",
                condition=models.Q(("outcome", "refused")),
            ),
        ),
    ]
