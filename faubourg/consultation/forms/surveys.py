"""What people type about a stop of a walking survey."""

from typing import Any

from django import forms

from faubourg.consultation.models import SurveyPoint
from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.toolkit.fields import LongTextField, in_our_times

DAY = ["%Y-%m-%d", "%d/%m/%Y"]


class PointForm(forms.Form):
    place = forms.CharField(
        label="Rue ou lieu", max_length=150, help_text="Par exemple « rue Haute, n° 12 »."
    )
    finding = LongTextField(label="Ce qu'on voit", max_length=1_000, widget=forms.Textarea(attrs={"rows": 2}))
    is_positive = forms.BooleanField(label="C'est un point fort du quartier", required=False)
    proposal = LongTextField(
        label="Ce qu'on propose", max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    photo = forms.FileField(
        label="Photo",
        required=False,
        help_text="Sans personne dessus. Le lieu et l'heure que le téléphone y écrit sont effacés.",
    )
    responsible = forms.ModelChoiceField(
        label="Qui s'en charge", queryset=Organisation.objects.none(), required=False,
        empty_label="À confirmer",
    )  # fmt: skip
    due_on = forms.DateField(label="Pour le", input_formats=DAY, required=False, validators=[in_our_times])

    def __init__(
        self, data: Any = None, files: Any = None, *, contract: Contract, about: SurveyPoint | None = None
    ) -> None:
        names = ("place", "finding", "is_positive", "proposal", "responsible", "due_on")
        super().__init__(
            data, files, initial={name: getattr(about, name) for name in names} if about else None
        )
        field = self.fields["responsible"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        signatories = contract.signatories.values("organisation")
        field.queryset = Organisation.objects.filter(pk__in=signatories).order_by("name")


class EndForm(forms.Form):
    outcome = LongTextField(
        label="Suite donnée", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce qui a été fait, ou pourquoi rien ne le sera.",
    )  # fmt: skip
    ended_on = forms.DateField(label="Le", input_formats=DAY, validators=[in_our_times])
