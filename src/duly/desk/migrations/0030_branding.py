from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0029_remarks"),
    ]

    operations = [
        migrations.AddField(
            model_name="desk",
            name="accent",
            field=models.CharField(blank=True, max_length=7),
        ),
        migrations.AddField(
            model_name="desk",
            name="footer",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="desk",
            name="language",
            field=models.CharField(default="en", max_length=16),
        ),
        migrations.AddField(
            model_name="desk",
            name="logo",
            field=models.BinaryField(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="desk",
            name="name",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="desk",
            name="support_address",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="desk",
            name="zone",
            field=models.CharField(default="UTC", max_length=64),
        ),
    ]
