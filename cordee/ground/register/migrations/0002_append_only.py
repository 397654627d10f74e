"""The database itself refuses to change or delete a line of a book."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION register_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'a book of acts is append-only'; END;
$$ LANGUAGE plpgsql;
"""
TABLES = ("register_entry", "register_head")


def statements(vendor: str) -> list[str]:
    """The triggers, in the words of each database."""
    pairs = [(table, verb) for table in TABLES for verb in ("UPDATE", "DELETE")]
    if vendor == "postgresql":
        return [FUNCTION] + [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION register_refuse();"
            for table, verb in pairs
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'a book of acts is append-only'); END;"
        for table, verb in pairs
    ]


def forwards(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    on = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}" + (f" ON {table}" if on else ""))


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
