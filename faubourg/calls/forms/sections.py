"""The sections of a call as one fills them: fields, a table of lines, or both; then the action that saves."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict

from faubourg.accounts.models import User
from faubourg.calls import actions, queries
from faubourg.calls.forms.rows import (
    BaseRows,
    ConsultationRow,
    CriterionRow,
    EnvelopeRow,
    MilestoneRow,
    PaperRow,
    RowForm,
    make_rows,
    with_one_more,
)
from faubourg.calls.models import Call
from faubourg.calls.rules import TYPICAL_PAPERS, proposed_milestones
from faubourg.calls.states import Section
from faubourg.contracts.models import Objective
from faubourg.documents.queries import upload_help
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.refusal import Refusal, show_on

Files = MultiValueDict[str, Any]


class SectionForm:
    """One section, shown or submitted. A refusal goes back to its field and nothing typed is lost."""

    section: ClassVar[Section]
    advice: ClassVar[str] = ""
    add_label: ClassVar[str] = ""
    row: ClassVar[type[RowForm] | None] = None
    offers_all: ClassVar[bool] = False
    is_stale = False

    def __init__(self, call: Call, data: QueryDict | None = None, files: Files | None = None) -> None:
        self.call = call
        self.asks_for_more = data is not None and "add" in data
        if data is not None and self.asks_for_more and self.row:
            data = with_one_more(data, self.row)
        self.data, self.files = data, files
        self.version: int = call.version if data is None else _number(data.get("version"))
        self.fields: forms.Form | None = self.make_fields()
        self.rows: BaseRows | None = self.make_rows()

    def make_fields(self) -> forms.Form | None:
        return None

    def make_rows(self) -> BaseRows | None:
        return None

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        raise NotImplementedError

    @property
    def parts(self) -> list[Any]:
        return [part for part in (self.fields, self.rows) if part is not None]

    @property
    def groups(self) -> list[tuple[str, list[RowForm]]]:
        """The lines, by heading; those under a heading are folded away until one needs them."""
        return [("", self.rows.forms)] if self.rows is not None else []

    @property
    def next_section(self) -> Section | None:
        order = list(Section)
        following = order[order.index(self.section) + 1 :]
        return following[0] if following else None

    def save(self, *, actor: User, now: datetime) -> bool:
        """Check and save; False when something is refused, which the page then says."""
        if self.data is None or self.asks_for_more or False in self._verdicts():
            return False
        chosen = self.fields.cleaned_data if self.fields else {}
        lines = self.rows.values() if self.rows is not None else []
        try:
            self.save_with(chosen, lines, actor=actor, now=now, version=self.version)
        except Refusal as refusal:
            self.call.refresh_from_db()
            self.is_stale = self.version != self.call.version
            self.version = self.call.version
            self.show(refusal)
            return False
        return True

    def _verdicts(self) -> list[bool]:
        """Every part is checked, so that every refusal shows at once."""
        return [part.is_valid() for part in self.parts]

    def show(self, refusal: Refusal) -> None:
        if self.fields is not None:
            show_on(self.fields, refusal)
        elif self.rows is not None:
            for sentences in refusal.errors.values():
                self.rows.non_form_errors().extend(sentences)


# ---------------------------------------------------------------------------------------------------


class FramingFields(forms.Form):
    year = forms.IntegerField(label="Exercice", min_value=2015, max_value=2050)
    title = forms.CharField(label="Intitulé", max_length=200)
    guidelines = forms.CharField(
        label="Note de cadrage",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Ce qui est attendu cette année, en mots simples. Vous pouvez aussi joindre un fichier.",
    )
    upload = forms.FileField(label="Note de cadrage, en fichier", required=False)
    drop_document = forms.BooleanField(label="Retirer le fichier joint", required=False)
    contact = forms.CharField(
        label="Qui appeler",
        max_length=200,
        required=False,
        help_text="Un nom et un téléphone : les porteurs s'en servent.",
    )


class FramingForm(SectionForm):
    section = Section.FRAMING
    advice = "Ce que les porteurs liront d'abord."

    def make_fields(self) -> forms.Form:
        call, document = self.call, self.call.guidelines_document
        initial = {name: getattr(call, name) for name in ("year", "title", "guidelines", "contact")}
        fields = FramingFields(self.data, self.files, initial=initial)
        fields.fields["upload"].help_text = upload_help()
        if document:
            fields.fields["upload"].label = "Remplacer le fichier joint"
            fields.fields["upload"].help_text = f"Joint aujourd'hui : {document.name}. {upload_help()}"
        else:
            del fields.fields["drop_document"]
        return fields

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        return actions.edit_framing(self.call, **chosen, **common)


class CalendarFields(forms.Form):
    opens_on = forms.DateField(label="Ouvre le")
    closes_on = forms.DateField(
        label="Dernier jour de dépôt", help_text="Inclus, jusqu'à minuit, heure de Paris."
    )


class CalendarForm(SectionForm):
    section = Section.CALENDAR
    advice = "Les jours de dépôt, puis les grandes étapes de la campagne."
    add_label = "Ajouter une étape"
    row = MilestoneRow

    def make_fields(self) -> forms.Form:
        initial = {"opens_on": self.call.opens_on, "closes_on": self.call.closes_on}
        fields = CalendarFields(self.data, initial=initial)
        if not self.call.is_draft:
            for field in fields.fields.values():
                field.disabled = True
            fields.fields[
                "closes_on"
            ].help_text = "L'appel est ouvert : ses dates ne changent qu'en le prolongeant."
        return fields

    def make_rows(self) -> BaseRows:
        return make_rows(
            MilestoneRow,
            data=self.data,
            saved=list(self.call.milestones.values("id", "label", "due_on")) if self.data is None else [],
            proposed=[one._asdict() for one in proposed_milestones(self.call.year)],
        )

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        return actions.edit_calendar(self.call, **chosen, milestones=lines, **common)


class ScopeFields(forms.Form):
    objectives = forms.TypedMultipleChoiceField(
        label="Objectifs ouverts",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Il en faut au moins un pour ouvrir l'appel.",
    )
    neighbourhoods = forms.TypedMultipleChoiceField(
        label="Territoires ouverts",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Il en faut au moins un pour ouvrir l'appel.",
    )


class ScopeForm(SectionForm):
    section = Section.SCOPE
    advice = "À quoi, et pour qui, les projets doivent répondre."
    offers_all = True

    def make_fields(self) -> forms.Form:
        groups = queries.objectives_to_open(self.call)
        self.objectives: dict[int, Objective] = {one.pk: one for _, group in groups for one in group}
        places: dict[int, Neighbourhood] = {one.pk: one for one in queries.neighbourhoods_to_open(self.call)}
        self.places = places
        if self.data is not None and "all" in self.data:
            self.asks_for_more, self.data = True, self.data.copy()
            self.data.setlist("objectives", [str(pk) for pk in self.objectives])
            self.data.setlist("neighbourhoods", [str(pk) for pk in self.places])
        initial = None
        if self.data is None:
            initial = {
                "objectives": [one.pk for one in self.call.objectives.all()],
                "neighbourhoods": [one.pk for one in self.call.neighbourhoods.all()],
            }
        fields = ScopeFields(self.data, initial=initial)
        grouped = [
            (str(parent) if parent else "Objectifs", [(one.pk, str(one)) for one in group])
            for parent, group in groups
        ]
        _offer(fields, "objectives", grouped)
        _offer(
            fields,
            "neighbourhoods",
            [(pk, f"{one} ({one.get_kind_display()})") for pk, one in places.items()],
        )
        return fields

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        return actions.edit_scope(
            self.call,
            objectives=[self.objectives[pk] for pk in chosen["objectives"]],
            neighbourhoods=[self.places[pk] for pk in chosen["neighbourhoods"]],
            **common,
        )


class EnvelopesForm(SectionForm):
    section = Section.ENVELOPES
    advice = "Une ligne par financeur et par ligne de crédits. Sans montant, l'enveloppe est « à confirmer »."
    add_label = "Ajouter une enveloppe"
    row = EnvelopeRow

    def make_rows(self) -> BaseRows:
        saved = queries.envelopes_of(self.call).values("id", "funder", "line", "amount")
        self.funders = {one.pk: one for one in queries.possible_funders()}
        return make_rows(
            EnvelopeRow,
            data=self.data,
            saved=list(saved) if self.data is None else [],
            funders=self.funders,
            keep_saved=not self.call.is_draft,
        )

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        rows = [{**row, "funder": self.funders[row["funder"]]} for row in lines]
        return actions.edit_envelopes(self.call, envelopes=rows, **common)


class PapersForm(SectionForm):
    section = Section.PAPERS
    advice = "Ce que les porteurs joignent à leur dossier."
    add_label = "Ajouter une pièce"
    row = PaperRow

    def make_rows(self) -> BaseRows:
        saved = self.call.papers.values("id", "label", "help", "scope", "is_required")
        return make_rows(
            PaperRow,
            data=self.data,
            saved=list(saved) if self.data is None else [],
            proposed=[one._asdict() for one in TYPICAL_PAPERS] if self.call.is_draft else [],
            keep_saved=not self.call.is_draft,
        )

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        return actions.edit_papers(self.call, papers=lines, **common)


class CriteriaForm(SectionForm):
    section = Section.CRITERIA
    advice = "Sur quoi les dossiers seront appréciés ; les porteurs le lisent avant d'écrire."
    add_label = "Ajouter un critère"
    row = CriterionRow

    def make_rows(self) -> BaseRows:
        saved = self.call.criteria.values("id", "label", "help", "weight")
        return make_rows(
            CriterionRow,
            data=self.data,
            saved=list(saved) if self.data is None else [],
            blank=1 if saved else 3,
            keep_saved=not self.call.is_draft,
        )

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        return actions.edit_criteria(self.call, criteria=lines, **common)


class ConsultationForm(SectionForm):
    section = Section.CONSULTATION
    advice = "L'appel est soumis aux conseils citoyens avant d'ouvrir (contrat, l. 902)."

    @property
    def groups(self) -> list[tuple[str, list[RowForm]]]:
        """First the councils of the neighbourhoods opened and those already consulted."""
        opened = set(self.call.neighbourhoods.values_list("pk", flat=True))
        rows = list(self.rows.forms) if self.rows is not None else []
        near = [row for row in rows if row["consulted_on"].value() or _place(row) in opened]
        others = [row for row in rows if row not in near]
        return [("", near), ("Les autres conseils citoyens du contrat", others)] if near else [("", rows)]

    def make_rows(self) -> BaseRows:
        self.councils = {one.pk: one for one in queries.councils_of(self.call)}
        recorded = {one.council_id: one for one in self.call.consultations.all()}
        saved = [
            {"id": pk}
            | (
                {name: getattr(recorded[pk], name) for name in ("consulted_on", "means", "answer")}
                if pk in recorded
                else {}
            )
            for pk in self.councils
        ]
        return make_rows(
            ConsultationRow, data=self.data, saved=saved, blank=0, can_delete=False, councils=self.councils
        )

    def save_with(self, chosen: dict[str, Any], lines: list[dict[str, Any]], **common: Any) -> object:
        rows = [{**row, "council": self.councils[row["id"]]} for row in lines]
        return actions.record_consultations(self.call, rows, **common)

    def show(self, refusal: Refusal) -> None:
        """A sentence against "2.means" goes to the means of the third council."""
        assert self.rows is not None  # noqa: S101  (for the type checker)
        for name, sentences in refusal.errors.items():
            number, _, field = name.partition(".")
            if number.isdigit():
                show_on(self.rows.forms[int(number)], Refusal({field: sentences}))
            else:
                self.rows.non_form_errors().extend(sentences)


_FORMS: dict[str, type[SectionForm]] = {
    form.section.value: form
    for form in (
        FramingForm,
        CalendarForm,
        ScopeForm,
        EnvelopesForm,
        PapersForm,
        CriteriaForm,
        ConsultationForm,
    )
}


def section_form(
    section: str, call: Call, data: QueryDict | None = None, files: Files | None = None
) -> SectionForm:
    """The form of a section, by its address; 404 when there is none of that name."""
    if section not in _FORMS:
        raise Http404
    return _FORMS[section](call, data, files)


def _place(row: RowForm) -> int | None:
    council = row.council if isinstance(row, ConsultationRow) else None
    return council.neighbourhood_id if council else None


def _offer(fields: forms.Form, name: str, choices: list[Any]) -> None:
    field = fields.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = choices


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 0
