"""What people type about the plan for taking part."""

from typing import Any

from django import forms

from faubourg.consultation.models import PlanAction
from faubourg.consultation.states import PlanState, PlanTheme
from faubourg.toolkit.fields import LongTextField, in_our_times

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


class PlanActionForm(forms.Form):
    theme = forms.ChoiceField(label="Thème", choices=PlanTheme.choices)
    what = forms.CharField(label="Action", max_length=250)
    in_charge = forms.CharField(label="Qui s'en charge", max_length=150, required=False)
    due_on = forms.DateField(label="Pour le", required=False, input_formats=DAYS, validators=[in_our_times])


class PlanFollowForm(forms.Form):
    state = forms.ChoiceField(label="État", choices=PlanState.choices)
    reason = LongTextField(
        label="Motif de l'abandon", max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any = None, *, about: PlanAction) -> None:
        super().__init__(data, initial={"state": about.state, "reason": about.reason})


class PlanAdoptionForm(forms.Form):
    decided_on = forms.DateField(label="Décidée le", input_formats=DAYS, validators=[in_our_times])
    reference = forms.CharField(label="Référence de la décision du comité de pilotage", max_length=150)
