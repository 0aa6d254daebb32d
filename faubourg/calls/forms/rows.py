"""Tables one fills line by line: a line is added or taken away without any script."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict

from faubourg.calls.models import Envelope
from faubourg.calls.states import FundingLine, PaperScope
from faubourg.consultation.models import CitizenCouncil
from faubourg.consultation.states import CouncilStatus
from faubourg.directory.models import Organisation
from faubourg.directory.states import PaperKind
from faubourg.governance.models import Body
from faubourg.toolkit.fields import EurosFormField, LongTextField, read_key

MOST_ROWS = 60


class RowForm(forms.Form):
    """One line. `columns` gives each field its share of the width; `is_kept` forbids taking it away."""

    noun = "Ligne"
    columns: Mapping[str, str] = {}

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, keep_saved: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, column in self.columns.items():
            self.fields[name].column = column  # type: ignore[attr-defined]
        self.is_kept = keep_saved and bool(self["id"].value())

    @property
    def title(self) -> str:
        return ""

    @property
    def may_go(self) -> bool:
        """A line in sight that may be taken away; an empty one simply stays empty."""
        is_empty = not self.has_changed() if self.is_bound else not self.initial
        return "DELETE" in self.fields and not self.is_kept and not (is_empty and self.empty_permitted)

    def shown_fields(self) -> Iterable[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != "DELETE"]


class MilestoneRow(RowForm):
    noun = "Étape"
    columns = {"label": "col-md-8", "due_on": "col-md-4"}

    label = forms.CharField(label="Étape", max_length=150)
    due_on = forms.DateField(label="Date")


class EnvelopeRow(RowForm):
    noun = "Enveloppe"
    columns = {"funder": "col-md-5", "line": "col-md-4", "amount": "col-md-3"}

    funder = forms.TypedChoiceField(label="Financeur", coerce=int, empty_value=None)
    line = forms.ChoiceField(label="Ligne de crédits", choices=[("", "Choisissez"), *FundingLine.choices])
    amount = EurosFormField(label="Montant", required=False, help_text="Vide : à confirmer.")

    def __init__(self, *args: Any, funders: Mapping[int, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.funders = funders
        field = self.fields["funder"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [("", "Choisissez"), *((pk, one.name) for pk, one in funders.items())]
        if self.is_kept:
            self.fields["funder"].widget = forms.HiddenInput()
            self.fields["line"].widget = forms.HiddenInput()

    @property
    def title(self) -> str:
        if not self.is_kept:
            return ""
        funder = self.funders.get(int(self["funder"].value() or 0))
        return str(Envelope(funder=funder, line=self["line"].value())) if funder else ""


class PaperRow(RowForm):
    noun = "Pièce"
    columns = {
        "label": "col-md-8", "scope": "col-md-4", "help": "col-md-8", "is_required": "col-md-4",
        "kind": "col-md-8",
    }  # fmt: skip

    label = forms.CharField(label="Pièce", max_length=150)
    scope = forms.ChoiceField(label="Demandée à", choices=PaperScope.choices, initial=PaperScope.ALL.value)
    help = forms.CharField(label="Aide", max_length=250, required=False)
    is_required = forms.TypedChoiceField(
        label="Pour déposer",
        choices=[("True", "Il la faut"), ("False", "On peut s'en passer")],
        coerce=lambda value: str(value) == "True",
        initial="True",
    )
    kind = forms.ChoiceField(
        label="Reprise de la fiche de la structure",
        choices=[("", "Non : à joindre à chaque dossier"), *PaperKind.choices],
        required=False,
    )


class CriterionRow(RowForm):
    noun = "Critère"
    columns = {"label": "col-md-8", "weight": "col-md-4", "help": "col-12"}

    label = forms.CharField(label="Critère", max_length=150)
    weight = forms.IntegerField(
        label="Poids", min_value=1, max_value=100, required=False, help_text="Vide : seulement montré."
    )
    help = forms.CharField(label="Aide", max_length=250, required=False)


class GaugeRow(RowForm):
    """One programming committee: an empty number means that it has no gauge."""

    columns = {"most_applications": "col-md-4"}

    most_applications = forms.IntegerField(
        label="Dossiers au plus",
        min_value=1,
        max_value=999,
        required=False,
        help_text="Vide : pas de limite fixée.",
    )

    def __init__(self, *args: Any, committees: Mapping[int, Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.committees = committees
        self.is_kept = True

    @property
    def title(self) -> str:
        return str(self.committees.get(read_key(str(self["id"].value() or "")) or 0) or "")

    def clean_id(self) -> int:
        key = self.cleaned_data["id"]
        if key not in self.committees:
            raise forms.ValidationError("Ce comité n'est plus dans la liste : rechargez la page.")
        return int(key)


class ConsultationRow(RowForm):
    """One council: an empty date means that it has not been consulted."""

    columns = {"consulted_on": "col-md-4", "means": "col-md-8", "answer": "col-12"}

    consulted_on = forms.DateField(label="Consulté le", required=False)
    means = forms.CharField(
        label="Comment", max_length=200, required=False, help_text="Réunion, envoi du projet d'appel…"
    )
    answer = LongTextField(
        label="Ce que le conseil a dit",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Si vous l'avez recueilli. Un conseiller citoyen peut aussi répondre lui-même, en ligne.",
    )

    def __init__(self, *args: Any, councils: Mapping[int, CitizenCouncil], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.councils = councils
        self.is_kept = True

    @property
    def council(self) -> CitizenCouncil | None:
        return self.councils.get(read_key(str(self["id"].value() or "")) or 0)

    @property
    def title(self) -> str:
        if not self.council:
            return ""
        place = self.council.neighbourhood or self.council.place
        return f"{self.council} · {place} · statut : {CouncilStatus(self.council.status).label.lower()}"

    def clean_id(self) -> int | None:
        if self.council is None:
            raise forms.ValidationError("Ce conseil citoyen n'est plus dans la liste : rechargez la page.")
        return self.council.pk

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        written = [name for name in ("means", "answer") if cleaned.get(name)]
        if written and not cleaned.get("consulted_on") and "consulted_on" not in self.errors:
            self.add_error("consulted_on", "Donnez le jour de la consultation.")
        return cleaned


if TYPE_CHECKING:
    _Rows = BaseFormSet[RowForm]
else:
    _Rows = BaseFormSet


class BaseRows(_Rows):
    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Retirer"

    def values(self) -> list[dict[str, Any]]:
        """The lines that stay, as plain values, in their order; lines left blank are no lines."""
        gone = self.deleted_forms if self.can_delete else []
        return [form.cleaned_data for form in self.forms if form.cleaned_data and form not in gone]


def make_rows(
    row: type[RowForm],
    *,
    saved: Sequence[Mapping[str, Any]],
    data: QueryDict | None,
    proposed: Sequence[Mapping[str, Any]] = (),
    blank: int = 1,
    can_delete: bool = True,
    **row_arguments: Any,
) -> BaseRows:
    """The lines saved (or, when there are none, those proposed), and `blank` empty ones at the end."""
    factory = formset_factory(
        row, formset=BaseRows, extra=blank, can_delete=can_delete, max_num=MOST_ROWS, validate_max=True
    )
    initial = None if data is not None else [dict(one) for one in saved or proposed]
    rows = factory(data, initial=initial, prefix="lignes", form_kwargs=row_arguments)
    assert isinstance(rows, BaseRows)  # noqa: S101  (for the type checker)
    return rows


def with_one_more(data: QueryDict, row: type[RowForm]) -> QueryDict:
    """What was typed, and one more empty line."""
    data = data.copy()
    number = min(read_key(data.get("lignes-TOTAL_FORMS")) or 0, MOST_ROWS)
    data["lignes-TOTAL_FORMS"] = str(number + 1)
    for name, field in row.base_fields.items():
        if field.initial:
            data[f"lignes-{number}-{name}"] = str(field.initial)
    return data
