"""SQLite replaces a row without firing the DELETE trigger: a number already used is refused as well."""

from django.db import migrations

REFUSE = """CREATE TRIGGER journal_entry_no_REPLACE BEFORE INSERT ON journal_entry
    WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'Le journal ne se modifie pas.'); END"""


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(REFUSE)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER journal_entry_no_REPLACE")


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]

    operations = [migrations.RunPython(refuse, allow)]
