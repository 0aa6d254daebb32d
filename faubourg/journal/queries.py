"""Read the journal: about one thing, or what a person may see of everything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.module_loading import import_string
from django.utils.timezone import make_aware

from faubourg.accounts.rules import Office
from faubourg.journal.models import Entry
from faubourg.journal.rules import FIELD_NAMES, WRITTEN_ON, phrase
from faubourg.toolkit.days import format_day, format_moment
from faubourg.toolkit.fields import EurosField
from faubourg.toolkit.folding import search
from faubourg.toolkit.money import format_euros

PAGE = 50
PEOPLE = ("accounts.user", "directory.organisation", "contracts.teammember")
"""What a technical administrator answers for; never a dossier."""


@dataclass(frozen=True)
class Change:
    """One field of an entry: what it is called, what it was, what it became."""

    label: str
    before: str
    after: str
    is_new: bool = False


@dataclass(frozen=True)
class Line:
    """One entry, in words."""

    pk: int
    written_at: datetime
    who: str
    did: str
    subject: str
    changes: tuple[Change, ...]


def entries_about(subject_type: str, pk: int, limit: int = 50) -> list[Line]:
    """The last entries about one thing, newest first: `entries_about("applications.application", 12)`."""
    rows = Entry.objects.filter(subject_type=subject_type, subject_id=pk).order_by("-pk")
    return [in_words(row) for row in rows[:limit]]


def entries_for(office: Office) -> QuerySet[Entry]:
    """The entries of one's contracts for the GIP; people and teams for a technical administrator."""
    seen = Q(contract_id__in=office.gip)
    if office.is_technical_admin:
        seen |= Q(subject_type__in=PEOPLE)
    return _apart_from_ties(Entry.objects.filter(seen), office).order_by("-pk")


def narrow(
    rows: QuerySet[Entry],
    *,
    person: str = "",
    verb: str = "",
    subject: str = "",
    first_day: date | None = None,
    last_day: date | None = None,
) -> QuerySet[Entry]:
    """By person, verb, thing, and days in Paris, both included."""
    rows = search(search(rows, ("actor_name",), person), ("subject",), subject)
    if verb:
        rows = rows.filter(verb=verb)
    if first_day:
        rows = rows.filter(written_at__gte=make_aware(datetime.combine(first_day, time.min)))
    if last_day:
        rows = rows.filter(
            written_at__lt=make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
        )
    return rows


def page_of(rows: QuerySet[Entry], before: int | None) -> tuple[list[Line], int | None]:
    """One page, older than the entry `before`, and the mark of the next page if there is one (keyset)."""
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return [in_words(row) for row in found[:PAGE]], found[PAGE - 1].pk if len(found) > PAGE else None


def in_words(entry: Entry) -> Line:
    """The entry as its reader sees it; PostgreSQL forgets the order of the fields, the alphabet keeps it."""
    changes = [_change(entry, name, value) for name, value in entry.changes.items()]
    changes = [change for change in changes if change.is_new or change.before != change.after]
    return Line(
        pk=entry.pk,
        written_at=entry.written_at,
        who=entry.actor_name,
        did=phrase(entry.verb),
        subject=entry.subject,
        changes=tuple(sorted(changes, key=attrgetter("label"))),
    )


# --------------------------------------------------------------------------------------------------


def _apart_from_ties(rows: QuerySet[Entry], office: Office) -> QuerySet[Entry]:
    """It quotes notes, opinions, letters: not to be read by whoever is tied to the applicant (PRG-7)."""
    if not office.ties:
        return rows
    kept: Mapping[str, QuerySet[Any, Any]] = import_string(settings.KEPT_FROM)(office.ties)
    for subject_type, keys in kept.items():
        rows = rows.exclude(subject_type=subject_type, subject_id__in=keys)
    return rows


def _change(entry: Entry, name: str, value: Any) -> Change:
    field = _field(entry.subject_type, name) or _field(WRITTEN_ON.get(entry.verb, ""), name)
    label = FIELD_NAMES.get(name) or (str(field.verbose_name) if field else name.replace("_", " "))
    if isinstance(value, list) and len(value) == 2:
        return Change(label, _say(field, value[0]), _say(field, value[1]))
    return Change(label, "", _say(field, value), is_new=True)


def _field(subject_type: str, name: str) -> "Field[Any, Any] | None":
    try:
        found = apps.get_model(subject_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if isinstance(found, Field) else None


def _say(field: "Field[Any, Any] | None", value: Any) -> str:
    if value is None or value == "" or value == []:
        return "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(_say(field, part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} : {_say(None, part)}" for key, part in value.items())
    choices = dict(field.flatchoices) if field else {}
    if value in choices:
        return str(choices[value])
    if isinstance(field, EurosField):
        return format_euros(Decimal(str(value)))
    return _say_moment(str(value)) or str(value)


def _say_moment(text: str) -> str:
    """A day or a moment as JSON keeps them, written as people do."""
    try:
        if len(text) == 10 and (day := parse_date(text)):
            return format_day(day)
        if len(text) > 18 and text[10] == "T" and (moment := parse_datetime(text)):
            return format_moment(moment)
    except ValueError:
        return ""
    return ""
