"""What people type to adjust the objectives."""

from typing import Any

from django import forms

from faubourg.contracts.models import Contract, Objective, PrioritySheet
from faubourg.contracts.rules import QUESTIONS
from faubourg.contracts.states import ChangeKind, ObjectiveLevel
from faubourg.toolkit.fields import LongTextField, in_our_times


class ChangeForm(forms.Form):
    kind = forms.ChoiceField(label="Ajustement", choices=[("", "Choisissez"), *ChangeKind.choices])
    objective = forms.ModelChoiceField(
        label="Objectif", queryset=Objective.objects.none(), required=False, empty_label="Choisissez",
        help_text="Pour changer un libellé ou archiver.",
    )  # fmt: skip
    parent = forms.ModelChoiceField(
        label="Relève de", queryset=Objective.objects.none(), required=False, empty_label="Rien, priorité",
        help_text="Pour ajouter un objectif.",
    )  # fmt: skip
    code = forms.CharField(
        label="Code", max_length=12, required=False, help_text="Pour ajouter un objectif, par exemple 1.6."
    )
    label = forms.CharField(label="Nouveau libellé", max_length=250, required=False)
    reason = forms.CharField(label="Motif", max_length=300, help_text="Qui le demande, et pourquoi.")

    def __init__(self, data: Any = None, *, contract: Contract) -> None:
        super().__init__(data)
        in_force = Objective.objects.filter(contract=contract, archived_on=None).order_by("position")
        objective, parent = self.fields["objective"], self.fields["parent"]
        assert isinstance(objective, forms.ModelChoiceField)  # noqa: S101
        assert isinstance(parent, forms.ModelChoiceField)  # noqa: S101
        objective.queryset = in_force
        parent.queryset = in_force.exclude(level=ObjectiveLevel.OPERATIONAL)


class AdoptForm(forms.Form):
    decided_on = forms.DateField(
        label="Décidé le", input_formats=["%Y-%m-%d", "%d/%m/%Y"], validators=[in_our_times]
    )
    record = forms.CharField(
        label="Compte rendu", max_length=200, help_text="Par exemple « COPIL du 12 mars 2027, point 3 »."
    )


class PriorityForm(forms.Form):
    """The four questions; what is not known stays empty and is said to be."""

    def __init__(self, data: Any = None, *, about: PrioritySheet | None) -> None:
        super().__init__(data, initial={name: getattr(about, name) for name in QUESTIONS} if about else None)
        for name, question in QUESTIONS.items():
            self.fields[name] = LongTextField(
                label=question, required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 4})
            )
