"""Long texts found by how their words begin, from an index: FTS5 on SQLite, GIN on PostgreSQL.

A table keeps, in a column `words`, the distinct words of what is read elsewhere (`distinct_words`); its
migration calls `create_index`. On SQLite triggers keep the index level with the table: a migration that
alters that table calls `create_index` again, since SQLite then remakes it without its triggers.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func, Value

from faubourg.toolkit.folding import fold

LONGEST_WORD = 60
ENOUGH = 100_000
"""Signs of words kept for one row: some ten thousand distinct words, more than any dossier has."""

_WORD = re.compile(r"[a-z0-9]+")

_SQLITE = (
    "DROP TABLE IF EXISTS {table}_index",
    "DROP TRIGGER IF EXISTS {table}_added",
    "DROP TRIGGER IF EXISTS {table}_gone",
    "DROP TRIGGER IF EXISTS {table}_changed",
    "CREATE VIRTUAL TABLE {table}_index USING fts5"
    "(words, content='{table}', content_rowid='{key}', tokenize='ascii', detail='none', prefix='3')",
    "CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN {add}; END",
    "CREATE TRIGGER {table}_gone AFTER DELETE ON {table} BEGIN {remove}; END",
    "CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} BEGIN {remove}; {add}; END",
    "INSERT INTO {table}_index({table}_index) VALUES ('rebuild')",
)
_ADD = "INSERT INTO {table}_index(rowid, words) VALUES (new.{key}, new.words)"
_REMOVE = "INSERT INTO {table}_index({table}_index, rowid, words) VALUES ('delete', old.{key}, old.words)"
_POSTGRESQL = (
    "ALTER TABLE {table} ADD COLUMN vector tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED",
    "CREATE INDEX {table}_index ON {table} USING gin (vector)",
)


def distinct_words(texts: Iterable[str]) -> str:
    """ "L'Été à l'Écusson", "été" → "a ecusson ete l": each word once, without accent or capital."""
    found = {word[:LONGEST_WORD] for text in texts for word in _WORD.findall(fold(text))}
    return " ".join(sorted(found))[:ENOUGH]


def create_index(editor: Any, table: str, key: str) -> None:
    """Called by the migration that creates a table of words, whose primary key is `key`."""
    names = {"table": table, "key": key}
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(statement.format(**names, add=_ADD.format(**names), remove=_REMOVE.format(**names)))


class WordBegins(Func):
    """Has this row, in its `words`, one that begins so? To filter a table of words with."""

    output_field = BooleanField()

    def __init__(self, start: str) -> None:
        self.start = start
        super().__init__(F("words"), Value(start))

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        column: Any = self.source_expressions[0]
        alias = compiler.quote_name_unless_alias(column.alias)
        return f"{alias}.vector @@ to_tsquery('simple', %s)", (f"{self.start}:*",)

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        column: Any = self.source_expressions[0]
        table, key = column.target.model._meta.db_table, column.target.model._meta.pk.column
        rows = f"SELECT rowid FROM {table}_index WHERE {table}_index MATCH %s"  # noqa: S608
        return f"{compiler.quote_name_unless_alias(column.alias)}.{key} IN ({rows})", (f'"{self.start}"*',)
