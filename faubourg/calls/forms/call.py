"""The short forms around a call: create it, open it, postpone it, set an envelope, answer for a council."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from faubourg.calls.models import Call, CouncilConsultation, Envelope
from faubourg.calls.rules import REASON_LENGTH, proposed_dates, retitle, shift_years
from faubourg.toolkit.fields import EurosFormField, LongTextField
from faubourg.toolkit.refusal import Refusal, show_on


class CreateForm(forms.Form):
    year = forms.IntegerField(label="Exercice", min_value=2015, max_value=2050)
    title = forms.CharField(label="Intitulé", max_length=200)
    opens_on = forms.DateField(label="Ouvre le")
    closes_on = forms.DateField(
        label="Dernier jour de dépôt", help_text="Inclus, jusqu'à minuit, heure de Paris."
    )
    resume = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None = None, *, last: Call | None, today: date) -> None:
        super().__init__(data, initial=_first_values(last, today))
        self.last = last
        if last:
            self.fields["resume"].label = f"Reprendre l'appel {last.year}"
            self.fields["resume"].help_text = (
                "Sa note de cadrage, ses objectifs, ses territoires, ses pièces, ses critères, ses étapes. "
                "Seuls les montants des financeurs repartent à confirmer."
            )
        else:
            del self.fields["resume"]

    def clean(self) -> dict[str, Any]:
        """What `actions.create` takes: the call to resume, or none."""
        self.cleaned_data["source"] = self.last if self.cleaned_data.pop("resume", False) else None
        return self.cleaned_data


class OpenForm(forms.Form):
    exception_reason = LongTextField(
        label="Motif de l'ouverture sans consultation",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"{REASON_LENGTH} caractères au moins. Publié sur la page de l'appel, avec votre nom.",
    )

    def __init__(self, data: QueryDict | None = None, *, needs_reason: bool) -> None:
        super().__init__(data)
        self.fields["exception_reason"].required = needs_reason


class PostponeForm(forms.Form):
    closes_on = forms.DateField(label="Nouveau dernier jour de dépôt", help_text="Inclus.")
    reason = LongTextField(
        label="Motif", widget=forms.Textarea(attrs={"rows": 3}), help_text="Publié sur la page de l'appel."
    )


class EnvelopeForm(forms.Form):
    amount = EurosFormField(
        label="Montant", required=False, help_text="Par exemple 96 000. Laissez vide s'il reste à confirmer."
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def catch_up(self, envelope: Envelope) -> None:
        self.data = _with(self.data, version=envelope.call.version)


class AnswerForm(forms.Form):
    answer = LongTextField(
        label="Ce que dit votre conseil",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Publié sur la page de l'appel, au nom du conseil.",
    )
    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def catch_up(self, consultation: CouncilConsultation) -> None:
        self.data = _with(self.data, seen=consultation.answer)


def done(form: forms.Form, act: Callable[..., Any], *args: Any, **values: Any) -> Any:
    """The form is valid and the action took it: what it returned, or True. Else False, said on the form."""
    if not form.is_valid():
        return False
    try:
        return act(*args, **values, **form.cleaned_data) or True
    except Refusal as refusal:
        show_on(form, refusal)
        if hasattr(form, "catch_up"):  # what was refused as stale may be sent again, knowingly
            form.catch_up(args[0])
        return False


def _with(data: Mapping[str, Any], **values: Any) -> Mapping[str, Any]:
    """What was typed, with other hidden values."""
    return {name: data.get(name) for name in data} | values


def _first_values(last: Call | None, today: date) -> dict[str, Any]:
    """Last year's, one year later; or the year as it usually goes (PRG-12)."""
    if last:
        year = last.year + 1
        return {
            "year": year,
            "title": retitle(last.title, last.year, year),
            "opens_on": shift_years(last.opens_on, 1),
            "closes_on": shift_years(last.closes_on, 1),
            "resume": True,
        }
    year = today.year + 1
    opens_on, closes_on = proposed_dates(year)
    return {"year": year, "title": f"Appel à projets {year}", "opens_on": opens_on, "closes_on": closes_on}
