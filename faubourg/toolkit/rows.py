"""Bring rows to what a list says, and tell what that changes: what a repeatable import is made of.

A value the list leaves blank says nothing: it never erases what is known. A row the list no longer names is
kept and told, unless the caller says it may go.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet

from faubourg.toolkit.changes import Changes
from faubourg.toolkit.days import format_day
from faubourg.toolkit.money import format_number

M = TypeVar("M", bound=Model)


class Outcome(StrEnum):
    ADDED = "ajouté"
    CHANGED = "modifié"
    ARCHIVED = "archivé"
    RESTORED = "rétabli"
    REMOVED = "retiré"
    ABSENT = "absent du fichier, conservé"


@dataclass
class Line:
    """One line of the preview: what happens to one row, and its fields [before, after] in words."""

    outcome: Outcome
    thing: Model
    name: str = ""
    changes: Changes = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.name = self.name or f"{self.thing._meta.verbose_name} · {self.thing}"

    @property
    def writes(self) -> bool:
        return self.outcome != Outcome.ABSENT


@dataclass
class Brought(Generic[M]):
    """The rows named by the list, in its order, and the rows it no longer names."""

    rows: list[M] = field(default_factory=list)
    absent: list[M] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def bring(
    wanted: Iterable[Mapping[str, Any]], *, into: "QuerySet[M]", key: Sequence[str], remove: bool = False
) -> "Brought[M]":
    """Create or change the rows of `into` so that they are what `wanted` says; `key` tells them apart."""
    brought: Brought[M] = Brought()
    known = {tuple(_plain(getattr(thing, name)) for name in key): thing for thing in into}
    for values in wanted:
        thing = known.pop(tuple(_plain(values[name]) for name in key), None)
        brought.rows.append(bring_one(thing, values, into.model, brought.lines))
    brought.absent = list(known.values())
    if remove:
        for thing in brought.absent:
            brought.lines.append(Line(Outcome.REMOVED, thing))
            thing.delete()
    return brought


def bring_one(thing: M | None, values: Mapping[str, Any], model: type[M], lines: list[Line]) -> M:
    """The same for one row already found, or not."""
    sets = {name: value for name, value in values.items() if _is_set(model, name)}
    plain = {name: value for name, value in values.items() if name not in sets}
    if thing is None:
        given = {name: value for name, value in plain.items() if value is not None}
        thing = model._default_manager.create(**given)
        for name, value in sets.items():
            getattr(thing, name).set(value or [])
        lines.append(Line(Outcome.ADDED, thing))
        return thing
    name = f"{model._meta.verbose_name} · {thing}"
    changes: Changes = {}
    for attribute, value in plain.items():
        before = getattr(thing, attribute)
        if value is None or value == "" or _plain(before) == _plain(value):
            continue
        setattr(thing, attribute, value)
        changes[_label(model, attribute)] = [
            _words(model, attribute, before),
            _words(model, attribute, value),
        ]
    if changes:
        thing.save()
    changes |= _bring_sets(thing, sets)
    if changes:
        lines.append(Line(Outcome.CHANGED, thing, name, changes))
    return thing


def _bring_sets(thing: Model, sets: Mapping[str, Any]) -> Changes:
    changes: Changes = {}
    for name, value in sets.items():
        before = list(getattr(thing, name).all())
        if value is None or {one.pk for one in before} == {one.pk for one in value}:
            continue
        getattr(thing, name).set(value)
        changes[_label(type(thing), name)] = [_listed(before), _listed(value)]
    return changes


def _listed(things: Iterable[Any]) -> str:
    return ", ".join(sorted(str(thing) for thing in things))


def _is_set(model: type[Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), ManyToManyField)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _label(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _words(model: type[Model], name: str, value: Any) -> Any:
    """As a person reads it: the label of a choice, the name of a thing, yes or no."""
    described = model._meta.get_field(name)
    if isinstance(described, ForeignKey):
        return str(value) if value is not None else None
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return format_number(value)
    if isinstance(value, date):
        return format_day(value)
    choices = dict(getattr(described, "flatchoices", None) or [])
    return str(choices.get(value, value)) if choices else value
