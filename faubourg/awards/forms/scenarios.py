"""What people type in scenarios and waiting lists."""

from collections.abc import Mapping
from typing import Any

from django import forms

from faubourg.awards.actions import CellResult, Typed
from faubourg.awards.queries.scenarios import DECISIONS, NOTHING, PROPOSALS, SOURCES, RowOfScenario
from faubourg.awards.rules import bare
from faubourg.toolkit.fields import EurosFormField, read_key


class ScenarioForm(forms.Form):
    """A new working copy."""

    name = forms.CharField(
        label="Nom du scénario",
        max_length=80,
        help_text="Par exemple : Équilibre jeunesse.",
        error_messages={"required": "Donnez un nom au scénario."},
    )
    source = forms.ChoiceField(label="Le faire d'après", initial=PROPOSALS)

    def __init__(self, *args: Any, ways: Mapping[str, str], source: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [*ways.items(), (NOTHING, SOURCES[NOTHING].capitalize())]  # type: ignore[attr-defined]
        if source in ways:
            self.initial["source"] = source


class SettingsForm(forms.Form):
    name = forms.CharField(label="Nom du scénario", max_length=80)
    is_shared = forms.BooleanField(
        label="Partager avec le GIP et les financeurs du contrat",
        required=False,
        help_text="Ils le lisent, le comparent et le copient. Un scénario de l'équipe du GIP, partagé, "
        "s'écrit à plusieurs.",
    )


class CompareForm(forms.Form):
    """Two ways of sharing the money, side by side."""

    left = forms.ChoiceField(label="Comparer")
    right = forms.ChoiceField(label="avec")

    def add_prefix(self, field_name: str) -> str:
        return {"left": "gauche", "right": "droite"}.get(field_name, field_name)

    def __init__(self, *args: Any, ways: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, first in (("left", next(iter(ways))), ("right", DECISIONS)):
            self.fields[name].choices = list(ways.items())  # type: ignore[attr-defined]
            self.initial[name] = first


class ScenarioRowForm(forms.Form):
    """The cells of one dossier, one field per funder."""

    def __init__(self, *args: Any, rows: list[RowOfScenario], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"cell-{row.request_id}"] = forms.CharField(
                label=row.label,
                required=False,
                max_length=24,
                initial=row.tried.text,
                help_text=f"Demandé : {bare(row.requested)} €.",
            )
            self.fields[f"version-{row.request_id}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=row.version
            )

    @property
    def typed(self) -> dict[int, Typed]:
        data = self.cleaned_data
        return {
            row.request_id: Typed(data[f"cell-{row.request_id}"], data[f"version-{row.request_id}"] or 0)
            for row in self.rows
        }

    def show(self, results: list[CellResult]) -> bool:
        """Put each refusal at its cell, with the version to go on from; True when there is one."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        for cell in results:
            self.data[f"version-{cell.request_id}"] = str(cell.version)  # type: ignore[index]
            if cell.problem:
                self.add_error(f"cell-{cell.request_id}", cell.problem)
        return bool(self.errors)


def typed_cells(data: Any) -> dict[int, Typed]:
    """`cell=request.version.text`, as many times as there are cells; what makes no sense is left out."""
    found = {}
    for written in data.getlist("cell")[:500]:
        request, _, rest = written.partition(".")
        version, _, text = rest.partition(".")
        if (key := read_key(request)) is not None and (number := read_key(version)) is not None:
            found[key] = Typed(text[:24], number)
    return found


class FreedForm(forms.Form):
    """What one supposes freed, to see who would be served."""

    freed = EurosFormField(label="Si se libèrent, dans chaque enveloppe", required=False)

    def add_prefix(self, field_name: str) -> str:
        return "libere"


class WaitingForm(forms.Form):
    amount = EurosFormField(
        label="Montant attendu", error_messages={"required": "Écrivez le montant attendu."}
    )
