from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0037_labels_of_mails"),
    ]

    operations = [
        migrations.AddField(
            model_name="role",
            name="asks_second_factor",
            field=models.BooleanField(default=False),
        ),
    ]
