from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0033_fields"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="unreached_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="unreached_because",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
    ]
