from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0035_files_of_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingserver",
            name="report_secret",
            field=models.BinaryField(default=bytes),
        ),
    ]
