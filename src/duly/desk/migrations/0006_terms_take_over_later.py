"""Why terms changed, and when those that were agreed for later take over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0005_binding_intake"),
    ]

    operations = [
        migrations.AddField(
            model_name="binding",
            name="why",
            field=models.CharField(default="moved", max_length=30),
        ),
        migrations.AddField(
            model_name="subscription",
            name="wakes_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="subscription",
            index=models.Index(
                condition=models.Q(("wakes_at__isnull", False)),
                fields=["wakes_at"],
                name="subscription_wakes",
            ),
        ),
    ]
