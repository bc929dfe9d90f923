"""Let the database refuse to empty the tables whose rows are never changed: row triggers do not see that."""

from django.db import migrations

TABLES = ["desk_event", "desk_auditentry", "desk_policyversion", "desk_binding", "desk_dayseal"]


def guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION desk_refuse_change()",
        f"DROP TRIGGER refuse_truncate ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("desk", "0015_policy_drafts")]

    operations = [guard(table) for table in TABLES]
