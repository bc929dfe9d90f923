"""Chain the days of events and audit by digests, which nobody can rewrite either."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0006_terms_take_over_later")]

    operations = [
        migrations.CreateModel(
            name="DaySeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(unique=True)),
                ("last_entry_id", models.BigIntegerField()),
                ("last_event_id", models.BigIntegerField()),
                ("previous_digest", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={"ordering": ["on"]},
        ),
        migrations.RunSQL(
            "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON desk_dayseal"
            " FOR EACH ROW EXECUTE FUNCTION desk_refuse_change()",
            "DROP TRIGGER refuse_change ON desk_dayseal",
        ),
    ]
