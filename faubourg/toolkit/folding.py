"""Searching as people type: neither case nor accents count, on both databases, without an extension."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Func, Model, Q, QuerySet, TextField
from django.db.models.functions import Lower

LONGEST = 100
"""Signs of a search that count: nobody types more, and a database stops at a thousand words."""
PLAIN = {
    "a": "àâäáãÀÂÄÁÃ", "c": "çÇ", "e": "éèêëÉÈÊË", "i": "îïíÎÏÍ", "n": "ñÑ", "o": "ôöóõÔÖÓÕ",
    "u": "ùûüúÙÛÜÚ", "y": "ÿŸ", "oe": "œŒ", "ae": "æÆ", "'": "’",
}  # fmt: skip
SINGLE = {letter: plain for plain, letters in PLAIN.items() if len(plain) == 1 for letter in letters}
DOUBLE = {letter: plain for plain, letters in PLAIN.items() if len(plain) == 2 for letter in letters}

M = TypeVar("M", bound=Model)


def fold(text: str) -> str:
    """ "Élan d'ŒUVRE" → "elan d'oeuvre": what both sides of a search are reduced to."""
    whole = unicodedata.normalize("NFC", text)
    return "".join(SINGLE.get(letter) or DOUBLE.get(letter) or letter.lower() for letter in whole)


class Folded(Func):
    """A text column without its accents and capitals."""

    output_field = TextField()

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        """PostgreSQL: TRANSLATE letter by letter, then the two ligatures."""
        inner, params = compiler.compile(Lower(self.source_expressions[0]))
        sql = f"TRANSLATE({inner}, '{''.join(SINGLE)}', '{_quoted(''.join(SINGLE.values()))}')"
        for letter, plain in DOUBLE.items():
            sql = f"REPLACE({sql}, '{letter}', '{plain}')"
        return sql, params

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite has neither TRANSLATE nor a LOWER that knows accents: it borrows `fold`."""
        connection.ensure_connection()
        connection.connection.create_function("faubourg_fold", 1, _fold_or_none, deterministic=True)
        inner, params = compiler.compile(self.source_expressions[0])
        return f"faubourg_fold({inner})", params


class FoldedText(TextField):  # type: ignore[type-arg]
    """The words of other columns of the row, folded at each save: a search computes nothing."""

    def __init__(self, *, of: Sequence[str] = (), **kwargs: Any) -> None:
        self.of = of
        super().__init__(**kwargs | {"editable": False, "default": "", "blank": True})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": tuple(self.of)}

    def pre_save(self, model_instance: Model, add: bool) -> str:
        text = fold("\n".join(str(getattr(model_instance, name) or "") for name in self.of))
        setattr(model_instance, self.attname, text)
        return text


def among(rows: QuerySet[M], column: str, typed: str) -> QuerySet[M]:
    """The rows whose FoldedText holds each typed word, whatever its accents."""
    for word in fold(typed[:LONGEST].replace("\0", " ")).split():
        rows = rows.filter(**{f"{column}__contains": word})
    return rows


def search(rows: QuerySet[M], columns: Iterable[str], typed: str) -> QuerySet[M]:
    """The rows where each typed word is found in one of the columns, whatever its accents."""
    names = {f"folded_{number}": Folded(column) for number, column in enumerate(columns)}
    found: QuerySet[M] = rows.alias(**names)
    for word in fold(typed[:LONGEST].replace("\0", " ")).split():
        found = found.filter(reduce(or_, [Q(**{f"{name}__contains": word}) for name in names]))
    return found


def _fold_or_none(text: object) -> str | None:
    return None if text is None else fold(str(text))


def _quoted(text: str) -> str:
    return text.replace("'", "''")
