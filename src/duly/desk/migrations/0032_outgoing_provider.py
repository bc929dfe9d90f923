from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0031_outgoing_server"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingserver",
            name="provider",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddField(
            model_name="outgoingserver",
            name="api_url",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]
