"""What changed between two readings of the same thing, for the journal and for previews."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

Changes = dict[str, list[Any]]


def snapshot(thing: Model, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields of a row, as plain values (foreign keys by their id)."""
    return {name: getattr(thing, getattr(thing._meta.get_field(name), "attname", name)) for name in fields}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """{"field": [old, new]} for the fields whose value is not the same."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
