"""Let the database refuse to rewrite events, audit, published versions and bindings."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION desk_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$
"""
TABLES = ["desk_event", "desk_auditentry", "desk_policyversion", "desk_binding"]


def guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION desk_refuse_change()",
        f"DROP TRIGGER refuse_change ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION desk_refuse_change()"),
        *(guard(table) for table in TABLES),
    ]
