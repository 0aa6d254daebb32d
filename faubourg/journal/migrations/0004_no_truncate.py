"""PostgreSQL can empty a table without firing a row's triggers: TRUNCATE is refused as well."""

from django.db import migrations

REFUSE = """CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_refuse()"""


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER journal_entry_no_truncate ON journal_entry")


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_no_replacement")]

    operations = [migrations.RunPython(refuse, allow)]
