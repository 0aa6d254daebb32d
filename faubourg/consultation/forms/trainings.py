"""What people type about a training session."""

from typing import Any

from django import forms

from faubourg.consultation.models import TrainingSession
from faubourg.consultation.states import TrainingAudience
from faubourg.toolkit.fields import in_our_times

NAMES = ("theme", "held_on", "audiences", "facilitator", "place", "residents", "elected", "professionals")
MOST = 100_000


class TrainingForm(forms.Form):
    theme = forms.CharField(label="Thème", max_length=150)
    held_on = forms.DateField(label="Jour", input_formats=["%Y-%m-%d", "%d/%m/%Y"], validators=[in_our_times])
    audiences = forms.MultipleChoiceField(
        label="Pour qui", choices=TrainingAudience.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Plusieurs publics ensemble font une co-formation.",
    )  # fmt: skip
    facilitator = forms.CharField(
        label="Animée par", max_length=150, required=False,
        help_text="Par exemple le centre de ressources, l'École de la rénovation urbaine.",
    )  # fmt: skip
    place = forms.CharField(label="Lieu", max_length=200, required=False)
    residents = forms.IntegerField(
        label="Habitants venus", required=False, min_value=0, max_value=MOST,
        help_text="Après la séance, sans nom ; vide : pas encore compté.",
    )  # fmt: skip
    elected = forms.IntegerField(label="Élus venus", required=False, min_value=0, max_value=MOST)
    professionals = forms.IntegerField(
        label="Professionnels venus", required=False, min_value=0, max_value=MOST
    )

    def __init__(self, data: Any = None, *, about: TrainingSession | None = None) -> None:
        super().__init__(data, initial={name: getattr(about, name) for name in NAMES} if about else None)
