"""What is wrong in a form or a formset, as one flat list for the summary at the top of the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.forms import BaseForm, BoundField, CheckboxSelectMultiple, RadioSelect
from django.forms.formsets import BaseFormSet

AnyForm: TypeAlias = "BaseForm | BaseFormSet[Any]"  # not subscriptable when running


@dataclass(frozen=True)
class Problem:
    """One French sentence, the field it is about ("" for the whole) and the id to jump to."""

    sentence: str
    label: str = ""
    target: str = ""


def problems_of(form: "AnyForm | Problem") -> Iterator[Problem]:
    """What a submitted form refuses; a refusal already put in words is itself."""
    if isinstance(form, Problem):
        yield form
        return
    if not form.is_bound:
        return
    if isinstance(form, BaseFormSet):
        yield from _problems_of_set(form)
        return
    for sentence in form.non_field_errors():
        yield Problem(str(sentence))
    for field in form:
        for sentence in field.errors:
            yield Problem(str(sentence), str(field.label), "" if field.is_hidden else _focusable_id(field))


def _problems_of_set(formset: "BaseFormSet[Any]") -> Iterator[Problem]:
    for sentence in formset.non_form_errors():
        yield Problem(str(sentence))
    for number, form in enumerate(formset.forms, start=1):
        for problem in problems_of(form):
            label = f"{problem.label}, ligne {number}" if problem.label else f"Ligne {number}"
            yield Problem(problem.sentence, label, problem.target)


def _focusable_id(field: BoundField) -> str:
    """The id of the input, or of the first choice when the field is a group of boxes."""
    grouped = isinstance(field.field.widget, CheckboxSelectMultiple | RadioSelect)
    return f"{field.auto_id}_0" if grouped else field.id_for_label or field.auto_id
