"""The database itself refuses an entry that does not balance, and any change to one that is posted.

The lines of an entry come first, then the entry is posted: that moment checks that they add up to zero and that the
period is open. PostgreSQL also refuses to commit an entry that was left unposted; SQLite has no such moment, there an
unposted entry is simply never read.
"""

from django.db import migrations

FROZEN = "a posted entry never changes: reverse it"
UNBALANCED = "an entry has two lines at least, which add up to zero"
CLOSED = "the period is closed"
EARLY = "an entry is posted once its lines are there"
LEFT = "an entry was left unposted"

BALANCE = "(SELECT count(*) < 2 OR COALESCE(sum(cents), 0) <> 0 FROM money_ledgerline WHERE entry_id = NEW.id)"
SHUT = "EXISTS (SELECT 1 FROM money_ledger WHERE id = NEW.ledger_id AND closed_until >= NEW.day)"
POSTED = "EXISTS (SELECT 1 FROM money_ledgerentry WHERE id = {row}.entry_id AND posted)"

# (name, table, moment, condition, what is said)
RULES = (
    ("money_line_added", "money_ledgerline", "INSERT", POSTED.format(row="NEW"), FROZEN),
    ("money_line_changed", "money_ledgerline", "UPDATE", POSTED.format(row="OLD"), FROZEN),
    ("money_line_moved", "money_ledgerline", "UPDATE", POSTED.format(row="NEW"), FROZEN),
    ("money_line_removed", "money_ledgerline", "DELETE", POSTED.format(row="OLD"), FROZEN),
    ("money_entry_early", "money_ledgerentry", "INSERT", "NEW.posted", EARLY),
    ("money_entry_changed", "money_ledgerentry", "UPDATE", "OLD.posted", FROZEN),
    ("money_entry_removed", "money_ledgerentry", "DELETE", "OLD.posted", FROZEN),
    ("money_entry_unbalanced", "money_ledgerentry", "UPDATE", f"NEW.posted AND {BALANCE}", UNBALANCED),
    ("money_entry_closed", "money_ledgerentry", "UPDATE", f"NEW.posted AND {SHUT}", CLOSED),
)


def statements(vendor: str) -> list[str]:
    """The triggers, in the words of each database."""
    made = []
    for name, table, verb, condition, said in RULES:
        if vendor == "postgresql":
            row = "OLD" if verb == "DELETE" else "NEW"
            made.append(
                f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF {condition} THEN "
                f"RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN {row}; END; $$ LANGUAGE plpgsql;"
            )
            made.append(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();")
        else:
            made.append(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END;"
            )
    if vendor == "postgresql":
        left = "EXISTS (SELECT 1 FROM money_ledgerentry WHERE id = NEW.id AND NOT posted)"
        made.append(
            f"CREATE FUNCTION money_entry_left() RETURNS trigger AS $$ BEGIN IF {left} THEN "
            f"RAISE EXCEPTION '{LEFT}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "RETURN NULL; END; $$ LANGUAGE plpgsql;"
        )
        made.append(
            "CREATE CONSTRAINT TRIGGER money_entry_left AFTER INSERT ON money_ledgerentry "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION money_entry_left();"
        )
    return made


def forwards(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    on = schema_editor.connection.vendor == "postgresql"
    rules = [(name, table) for name, table, *_rest in RULES]
    for name, table in [*rules, ("money_entry_left", "money_ledgerentry")] if on else rules:
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on else ""))
        if on:
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("money", "0002_ledger")]
    operations = [migrations.RunPython(forwards, backwards)]
