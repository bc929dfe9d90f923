"""Let tickets, people and organisations be found by their words, those that are there already included."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

WORDS = r"""
CREATE FUNCTION desk_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple'::regconfig, translate($1, '-_/.@:+&<>#=%~''"\,;()[]{}!?*^$|`', repeat(' ', 40)))
$$
"""
FILL = """
INSERT INTO desk_wording (ticket_id, said, noted)
SELECT ticket.id,
       desk_words(ticket.subject || ' ' || coalesce(left(said.words, 100000), '')),
       desk_words(coalesce(left(noted.words, 100000), ''))
  FROM desk_ticket ticket,
       LATERAL (SELECT string_agg(left(text, 50000), ' ' ORDER BY id DESC) AS words
                  FROM desk_message WHERE ticket_id = ticket.id) said,
       LATERAL (SELECT string_agg(left(text, 50000), ' ' ORDER BY id DESC) AS words
                  FROM desk_note WHERE ticket_id = ticket.id) noted
"""


def words(*columns: str) -> models.Func:
    return models.Func(
        *columns,
        function="desk_words",
        arg_joiner=" || ' ' || ",
        output_field=django.contrib.postgres.search.SearchVectorField(),
    )


class Migration(migrations.Migration):
    dependencies = [("desk", "0011_named_people")]

    operations = [
        migrations.RunSQL(WORDS, "DROP FUNCTION desk_words(text)"),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="wording",
                        serialize=False,
                        to="desk.ticket",
                    ),
                ),
                ("said", django.contrib.postgres.search.SearchVectorField()),
                ("noted", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="wording",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["said"], name="wording_said"
            ),
        ),
        migrations.AddIndex(
            model_name="wording",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["noted"], name="wording_noted"
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(
                words("name"),
                name="organisation_words",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                words("name", "email"),
                name="person_words",
            ),
        ),
    ]
