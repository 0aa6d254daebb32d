"""A field of words, and the stances one may choose: shared by the forms of the instruction."""

from typing import Any

from django import forms

from faubourg.appraisal.states import Stance
from faubourg.toolkit.fields import LongTextField

STANCES = [("", "Choisissez"), *Stance.choices]


def text(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    return LongTextField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)
