"""The journal can be added to and nothing else: the database itself refuses UPDATE and DELETE."""

from django.db import migrations

REFUSAL = "Le journal ne se modifie pas."

SQLITE = [
    f"CREATE TRIGGER journal_entry_no_{verb} BEFORE {verb} ON journal_entry BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""CREATE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    """CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()""",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER journal_entry_no_{verb}" for verb in ("UPDATE", "DELETE")],
    "postgresql": [
        "DROP TRIGGER journal_entry_append_only ON journal_entry",
        "DROP FUNCTION journal_entry_refuse()",
    ],
}


def lock_journal(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unlock_journal(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(lock_journal, unlock_journal)]
