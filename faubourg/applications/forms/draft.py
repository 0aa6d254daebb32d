"""A form that refuses nothing: what stands is handed over, the rest is kept exactly as typed, with its why.

On screen it is always a bound form: what the columns hold, and over it what was typed and does not stand yet.
So a page shown again is the page that was left, refusals beside their fields.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.crypto import get_random_string
from django.utils.datastructures import MultiValueDict

from faubourg.applications import rules
from faubourg.applications.actions import Seen
from faubourg.applications.forms.examples import example_of
from faubourg.applications.models import Application
from faubourg.applications.queries import is_short
from faubourg.applications.states import Part
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.money import format_euros

LONGEST = 200_000
"""Letters kept of one answer that does not stand; far beyond what anyone types."""

Data = MultiValueDict[str, str]


def as_typed(value: Any) -> list[str]:
    """A stored value as a browser would send it back."""
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["on"]
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if isinstance(value, Decimal):
        return [format_euros(value).removesuffix("€").strip()]
    if isinstance(value, date):
        return [value.isoformat()]
    return [str(value)]


class DraftForm(forms.Form):
    """One part of a dossier. Subclasses say what is stored, and what stands, as `save_part` takes it."""

    part: ClassVar[Part]
    columns: ClassVar[tuple[str, ...]] = ()

    def __init__(self, application: Application, data: Data | None = None) -> None:
        self.application = application
        self.is_typed = data is not None
        typed = data if data is not None else self._on_screen(application)
        super().__init__(typed)
        known = application.step_versions.get(self.part, {})
        self.version = int(known.get("version", 0))
        self.page = _mark(typed.get("page") if self.is_typed else "") or get_random_string(12)
        self.add_rows()
        self.lock()
        if is_short(application):
            self._spare()

    def _spare(self) -> None:
        """The short form: what it does not require is not shown as required."""
        for name in set(rules.SPARED) & set(self.fields):
            self.fields[name].required = False

    def _on_screen(self, application: Application) -> Data:
        kept = application.pending_input.get(self.part, {})
        shown = {name: as_typed(value) for name, value in self.stored().items()}
        shown.update({name: typed["typed"] for name, typed in kept.items()})
        return MultiValueDict({name: values for name, values in shown.items() if values})

    # For subclasses -------------------------------------------------------------------------------

    def stored(self) -> dict[str, Any]:
        """What the database holds, by field name."""
        return {name: getattr(self.application, name) for name in self.columns}

    def add_rows(self) -> None:
        """Add the fields that depend on the call, or on how many lines were typed."""

    def add_row(self, code: str) -> None:
        """Offer one more empty line of this kind."""

    def values(self) -> dict[str, Any]:
        """What stands, as `save_part` takes it."""
        return {name: self.cleaned_data[name] for name in self.columns if name in self.cleaned_data}

    def companions(self, name: str) -> tuple[str, ...]:
        """The fields kept as typed with this one when it does not stand: the rest of its line."""
        return ()

    # --------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """What the GIP did not ask to correct is shown and does not change; what it asked says why."""
        stored = self.stored() if self.application.unlocked else {}
        for name, field in self.fields.items() if self.application.unlocked else ():
            if self._is_open(rules.question_of(name)):
                self._say_why(name, field)
                continue
            typed = as_typed(stored.get(name))
            many = isinstance(field, forms.MultipleChoiceField)
            field.disabled, field.initial = True, typed if many else next(iter(typed), "")
            field.help_text = "Verrouillé : le GIP ne demande rien ici."

    def example_of(self, name: str) -> str:
        """An answer one might give, shown under the help of the question."""
        return example_of(name)

    def _is_open(self, name: str) -> bool:
        return rules.is_unlocked(self.application.unlocked, self.part, name)

    def _say_why(self, name: str, field: forms.Field) -> None:
        why = self.application.unlocked.get(rules.key_of(self.part, rules.question_of(name)), {}).get("why")
        if why and not str(field.help_text).startswith("À corriger"):
            field.help_text = " ".join(filter(None, [f"À corriger. {why}", str(field.help_text)]))

    @property
    def left_out(self) -> list[tuple[str, str]]:
        """What was typed in an answer locked since: told to its writer, so that no word is lost."""
        stored = self.stored()
        return [
            (str(field.label), self.spoken(name))
            for name, field in self.fields.items()
            if field.disabled and (typed := self.typed(name)) and typed != as_typed(stored.get(name))
        ]

    def full_clean(self) -> None:
        """Nothing is required of a draft; the word "obligatoire" stays in sight all the same."""
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    def read(self) -> tuple[dict[str, Any], dict[str, dict[str, list[str]]]]:
        """(what stands, what does not: as typed, and why)."""
        wrong = {
            name: {
                "typed": self.typed(name),
                "why": [_kept(f"« {self.fields[name].label} » : {sentence}") for sentence in sentences],
            }
            for name, sentences in self.errors.items()
            if name in self.fields
        }
        for name in list(wrong):
            for other in self.companions(name):
                wrong.setdefault(other, {"typed": self.typed(other), "why": []})
        values = {name: value for name, value in self.values().items() if self._is_open(name)}
        return values, {name: kept for name, kept in wrong.items() if self._is_open(rules.question_of(name))}

    def typed(self, name: str) -> list[str]:
        """What is on screen for this field, as it was typed."""
        data: Any = self.data
        return [_kept(str(value)) for value in data.getlist(name)]

    def seen(self) -> Seen | None:
        """The version the writer had before their eyes; None when the form does not say."""
        version = read_key(self.data.get("version"))
        return None if version is None else Seen(version, self.page)

    def spoken(self, name: str) -> str:
        """What the field says, in words, for a comparison."""
        field, typed = self.fields.get(name), self.typed(name)
        if isinstance(field, forms.BooleanField):
            return "oui" if typed else "non"
        if isinstance(field, forms.ChoiceField | forms.MultipleChoiceField):
            labels = {str(key): str(label) for key, label in flat(field.choices)}
            return ", ".join(labels.get(value, value) for value in typed if value)
        return "\n".join(typed).strip()


@dataclass(frozen=True)
class Difference:
    """A field that two people wrote differently: mine as typed, theirs as saved."""

    label: str
    mine: str
    theirs: str


def differences(mine: DraftForm, theirs: DraftForm) -> list[Difference]:
    """Where what I typed is not what is saved now."""
    names = dict.fromkeys([*mine.fields, *theirs.fields])
    found = []
    for name in names:
        ours, saved = _comparable(mine.spoken(name)), _comparable(theirs.spoken(name))
        if ours != saved:
            field = mine.fields.get(name) or theirs.fields[name]
            found.append(Difference(str(field.label), ours, saved))
    return found


def _kept(text: str) -> str:
    """As much as the database holds of what was typed: PostgreSQL has no null sign."""
    return text.replace("\x00", "")[:LONGEST]


def _mark(text: str | None) -> str:
    """What a page calls itself, when it is one of ours."""
    return text if text and text.isascii() and text.isalnum() and len(text) <= 12 else ""


def _comparable(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\u00a0", " ").strip()


def flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """The choices of a field, out of their groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def rows_typed(data: Mapping[str, Any], pattern: Any) -> set[Any]:
    """The groups of `pattern` among the names sent: which lines were typed."""
    return {match.groups() for name in data if (match := pattern.fullmatch(name))}
