"""The filters of the list: they live in the address."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from faubourg.applications.queries import Choices, Filters
from faubourg.applications.states import State

SORT_LABELS = [("recents", "Derniers déposés"), ("anciens", "Premiers déposés"), ("intitule", "Intitulé")]
ANY = ("", "Tous")


class FilterForm(forms.Form):
    """The names are those of the address, in French like every address."""

    def __init__(self, choices: Choices, data: Any) -> None:
        super().__init__(data)
        states = [(state.value, state.label) for state in State if state != State.DRAFT]
        self.fields = {
            "q": forms.CharField(label="Mots", required=False, max_length=100),
            "appel": _choice(
                "Campagne", [(call.pk, f"{call} · {call.contract}") for call in choices.calls], int
            ),
            "etat": _choice("État", [ANY, *states]),
            "objectif": _choice("Objectif", _named(choices.objectives), int),
            "quartier": _choice("Quartier", _named(choices.neighbourhoods), int),
            "financeur": _choice("Financeur", _named(choices.funders), int),
            "tri": _choice("Tri", SORT_LABELS),
        }

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


def _choice(label: str, choices: list[tuple[Any, Any]], coerce: Callable[[Any], Any] = str) -> forms.Field:
    return forms.TypedChoiceField(
        label=label, choices=choices, required=False, coerce=coerce, empty_value=None
    )


def _named(things: Sequence[Any]) -> list[tuple[Any, Any]]:
    return [ANY, *((one.pk, str(one)) for one in things)]
