"""What a funder types in its column: one act, then one line per dossier."""

from datetime import date
from typing import Any

from django import forms

from faubourg.awards.actions import Act, RowResult, RowTyped
from faubourg.awards.queries.columns import ColumnRow
from faubourg.awards.states import ActKind
from faubourg.toolkit.fields import LongTextField, read_key


def lines_in(data: Any) -> list[int]:
    """The lines a form sends back; somebody may have decided some of them meanwhile."""
    names = [name.removeprefix("amount-") for name in data if name.startswith("amount-")]
    return [key for name in names if (key := read_key(name))]


class ColumnForm(forms.Form):
    """The act, the lines, and what to do with the lines when one is refused."""

    act_kind = forms.ChoiceField(label="Nature de l'acte", choices=[("", "Choisissez"), *ActKind.choices])
    act_number = forms.CharField(label="Numéro de l'acte", max_length=60)
    decided_on = forms.DateField(label="Date de l'acte")
    charged_to = forms.CharField(label="Imputation", required=False, max_length=80)
    reason = LongTextField(
        label="Motif des refus",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Pour chaque ligne à 0 qui n'a pas son propre motif. Il figure dans la lettre au porteur.",
    )
    all_or_nothing = forms.ChoiceField(
        label="Si une ligne est refusée",
        choices=[("non", "enregistrer les autres lignes"), ("oui", "n'enregistrer aucune ligne")],
        initial="non",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, rows: list[ColumnRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.column_rows = rows
        self.results: dict[int, RowResult] = {}
        for row in rows:
            words = {"aria-label": f"Décision pour {row.label}", "size": 9, "class": "euros"}
            self.fields[f"amount-{row.request_id}"] = forms.CharField(
                label=row.label, required=False, max_length=24, initial=row.answer,
                widget=forms.TextInput(attrs=words),
            )  # fmt: skip
            self.fields[f"reason-{row.request_id}"] = forms.CharField(
                label=f"Motif, {row.label}", required=False, max_length=500,
                widget=forms.TextInput(attrs={"aria-label": f"Motif pour {row.label}"}),
            )  # fmt: skip
            self.fields[f"version-{row.request_id}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=row.version
            )

    @property
    def shared_fields(self) -> list[forms.BoundField]:
        """Those of the act."""
        return [field for field in self if "-" not in field.name]

    @property
    def lines(self) -> list[tuple[Any, ...]]:
        """(row, amount, reason, version, result) for the table."""
        return [
            (
                row,
                self[f"amount-{row.request_id}"],
                self[f"reason-{row.request_id}"],
                self[f"version-{row.request_id}"],
                self.results.get(row.request_id),
            )
            for row in self.column_rows
        ]

    @property
    def act(self) -> Act:
        data = self.cleaned_data
        decided_on: date = data["decided_on"]
        return Act(data["act_kind"], data["act_number"], decided_on, data["charged_to"], data["reason"])

    @property
    def is_all_or_nothing(self) -> bool:
        return bool(self.cleaned_data["all_or_nothing"] == "oui")

    @property
    def typed(self) -> dict[int, RowTyped]:
        """The lines that say something new: what was already decided and is left as it stands is not sent."""
        data = self.cleaned_data
        return {
            row.request_id: RowTyped(
                data[f"amount-{row.request_id}"],
                data[f"reason-{row.request_id}"],
                data[f"version-{row.request_id}"] or 0,
            )
            for row in self.column_rows
            if data[f"amount-{row.request_id}"] != row.answer
        }

    def show(self, results: list[RowResult]) -> None:
        """Keep each answer for its line, and put the refusals at their field."""
        self.results = {result.request_id: result for result in results}
        for result in results:
            if result.problem:
                self.add_error(f"amount-{result.request_id}", result.problem)
