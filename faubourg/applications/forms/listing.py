"""The filters of the list: they live in the address."""

from typing import Any, cast

from django import forms

from faubourg.applications.queries import Choices, Filters
from faubourg.applications.states import State

SORT_LABELS = [("recents", "Derniers déposés"), ("anciens", "Premiers déposés"), ("intitule", "Intitulé")]
ANY = ("", "Tous")


class FilterForm(forms.Form):
    q = forms.CharField(label="Mots", required=False, max_length=100)
    appel = forms.TypedChoiceField(label="Campagne", required=False, coerce=int, empty_value=None)
    etat = forms.ChoiceField(label="État", required=False)
    objectif = forms.TypedChoiceField(label="Objectif", required=False, coerce=int, empty_value=None)
    quartier = forms.TypedChoiceField(label="Quartier", required=False, coerce=int, empty_value=None)
    financeur = forms.TypedChoiceField(label="Financeur", required=False, coerce=int, empty_value=None)
    tri = forms.ChoiceField(label="Tri", required=False, choices=SORT_LABELS)

    def __init__(self, choices: Choices, data: Any) -> None:
        super().__init__(data)
        states = [(state.value, state.label) for state in State if state != State.DRAFT]
        self._offer("appel", [(call.pk, f"{call} · {call.contract}") for call in choices.calls])
        self._offer("etat", [ANY, *states])
        self._offer("objectif", [ANY, *((one.pk, str(one)) for one in choices.objectives)])
        self._offer("quartier", [ANY, *((one.pk, str(one)) for one in choices.neighbourhoods)])
        self._offer("financeur", [ANY, *((one.pk, str(one)) for one in choices.funders)])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = choices

    def filters(self) -> Filters:
        """What the address asks for; what it asks wrongly is left out."""
        self.is_valid()
        asked = self.cleaned_data
        return Filters(
            state=asked.get("etat") or "",
            objective=asked.get("objectif"),
            neighbourhood=asked.get("quartier"),
            funder=asked.get("financeur"),
            words=asked.get("q") or "",
            sort=asked.get("tri") or "recents",
        )
