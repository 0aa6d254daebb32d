"""A step of the form as a sheet of paper: what was answered, or the room to answer with a pen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BoundField

from faubourg.applications.forms.draft import DraftForm, flat


@dataclass(frozen=True)
class PrintedQuestion:
    """A question, what it says, the boxes one may tick; else `lines` to write on when there is no answer."""

    field: BoundField
    answer: str
    boxes: Sequence[tuple[str, bool]]
    lines: Sequence[int]


def printed(form: DraftForm, *, is_blank: bool) -> list[PrintedQuestion]:
    """Every question of a step, in its order, answered as the page shows it or left to be filled."""
    return [_question(form, name, is_blank) for name in form.fields]


def _question(form: DraftForm, name: str, is_blank: bool) -> PrintedQuestion:
    field = form.fields[name]
    long = isinstance(field.widget, forms.Textarea)
    return PrintedQuestion(
        field=form[name],
        answer="" if is_blank else form.spoken(name),
        boxes=_boxes(form, name, is_blank),
        lines=range(8 if long else 1),
    )


def _boxes(form: DraftForm, name: str, is_blank: bool) -> list[tuple[str, bool]]:
    field = form.fields[name]
    typed = [] if is_blank else form.typed(name)
    if isinstance(field, forms.BooleanField):
        return [(str(field.label), bool(typed))]
    if isinstance(field, forms.ChoiceField):
        return [
            (str(label), str(key) in typed) for key, label in flat(field.choices) if key not in ("", None)
        ]
    return []
