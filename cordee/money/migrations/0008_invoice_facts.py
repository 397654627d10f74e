"""What is issued never changes, says the database itself; and the penalty rates that are known."""

from datetime import date

from django.db import migrations

FROZEN = "an issued invoice never changes: make a credit note"
ISSUED = "EXISTS (SELECT 1 FROM money_invoice WHERE id = {row}.invoice_id AND state = 'issued')"
SAME = "(NEW.number, NEW.seller_id, NEW.gross_cents, NEW.state, NEW.issued_on, NEW.pdf_id)"
WAS = "(OLD.number, OLD.seller_id, OLD.gross_cents, OLD.state, OLD.issued_on, OLD.pdf_id)"
RULES = (
    ("money_invoice_changed", "money_invoice", "UPDATE", f"OLD.state = 'issued' AND {SAME} <> {WAS}"),
    ("money_invoice_removed", "money_invoice", "DELETE", "OLD.state = 'issued'"),
    ("money_invoiceline_added", "money_invoiceline", "INSERT", ISSUED.format(row="NEW")),
    ("money_invoiceline_changed", "money_invoiceline", "UPDATE", ISSUED.format(row="OLD")),
    ("money_invoiceline_removed", "money_invoiceline", "DELETE", ISSUED.format(row="OLD")),
)

RATES = (
    (date(2025, 7, 1), 828, "trois fois le taux légal de 2,76 % (second semestre 2025)"),
    (date(2026, 1, 1), 786, "trois fois le taux légal de 2,62 % (premier semestre 2026)"),
)


def statements(vendor):
    """The triggers, in the words of each database."""
    made = []
    for name, table, verb, condition in RULES:
        if vendor == "postgresql":
            row = "OLD" if verb == "DELETE" else "NEW"
            made.append(
                f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF {condition} THEN "
                f"RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN {row}; END; $$ LANGUAGE plpgsql;"
            )
            made.append(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();")
        else:
            made.append(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END;"
            )
    return made


def forwards(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    on = schema_editor.connection.vendor == "postgresql"
    for name, table, *_rest in RULES:
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on else ""))
        if on:
            schema_editor.execute(f"DROP FUNCTION {name}()")


def know_rates(apps, schema_editor):
    """The second half of 2026 was not known when this was written: it is to be added."""
    legal = apps.get_model("money", "LegalRate")
    for since, hundredths, source in RATES:
        legal.objects.get_or_create(since=since, defaults={"hundredths": hundredths, "source": source})


class Migration(migrations.Migration):
    dependencies = [("money", "0007_invoices")]
    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.RunPython(know_rates, migrations.RunPython.noop),
    ]
