"""What people type about what residents were told."""

from typing import Any

from django import forms

from faubourg.applications.models import Application
from faubourg.applications.states import State
from faubourg.contracts.models import Contract, Objective
from faubourg.territories.models import Neighbourhood
from faubourg.thread.models import Feedback
from faubourg.thread.states import FeedbackOutcome, Moment
from faubourg.toolkit.fields import LongTextField, in_our_times


class FeedbackForm(forms.Form):
    objective = forms.ModelChoiceField(
        label="Objectif",
        queryset=Objective.objects.none(),
        required=False,
        empty_label="Aucun en particulier",
    )
    application = forms.ModelChoiceField(
        label="Action", queryset=Application.objects.none(), required=False,
        empty_label="Aucune en particulier", help_text="Les actions dont le porteur connaît la décision.",
    )  # fmt: skip
    neighbourhood = forms.ModelChoiceField(
        label="Quartier", queryset=Neighbourhood.objects.none(), required=False, empty_label="Tout le contrat"
    )
    outcome = forms.ChoiceField(label="Où en est-on", choices=[("", "Choisissez"), *FeedbackOutcome.choices])
    text = LongTextField(
        label="Ce qui a été dit aux habitants", max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="En mots simples, avec un chiffre si vous l'avez. Tout le monde pourra le lire.",
    )  # fmt: skip
    told_on = forms.DateField(
        label="Dit le", input_formats=["%Y-%m-%d", "%d/%m/%Y"], validators=[in_our_times]
    )
    told_where = forms.CharField(
        label="Où et comment", max_length=200, help_text="Par exemple « Café QPV, maison des habitants »."
    )

    def __init__(self, data: Any = None, *, contract: Contract, about: Feedback | None = None) -> None:
        names = ("objective", "application", "neighbourhood", "outcome", "text", "told_on", "told_where")
        super().__init__(data, initial={name: getattr(about, name) for name in names} if about else None)
        choices = {
            "objective": Objective.objects.filter(contract=contract, archived_on=None),
            "application": Application.objects.filter(call__contract=contract, state=State.NOTIFIED).order_by(
                "number"
            ),
            "neighbourhood": contract.neighbourhoods.order_by("name"),
        }
        for name, queryset in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = queryset


class SnapshotForm(forms.Form):
    moment = forms.ChoiceField(label="Moment", choices=[("", "Choisissez"), *Moment.choices])
    note = forms.CharField(label="À quelle occasion", max_length=200, required=False)
