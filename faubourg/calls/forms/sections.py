"""The sections of a call, by their address; here those that have fields: framing, calendar, scope."""

from typing import Any

from django import forms
from django.http import Http404, QueryDict

from faubourg.calls import actions, queries
from faubourg.calls.forms.base import Files, SectionForm
from faubourg.calls.forms.rows import BaseRows, MilestoneRow, make_rows
from faubourg.calls.forms.tables import (
    CommitteesForm,
    ConsultationForm,
    CriteriaForm,
    EnvelopesForm,
    PapersForm,
)
from faubourg.calls.models import Call
from faubourg.calls.rules import proposed_milestones
from faubourg.calls.states import Section
from faubourg.contracts.models import Objective
from faubourg.documents.queries import upload_help
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.fields import EurosFormField, LongTextField


class FramingFields(forms.Form):
    year = forms.IntegerField(label="Exercice", min_value=2015, max_value=2050)
    title = forms.CharField(label="Intitulé", max_length=200)
    guidelines = LongTextField(
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
    short_form_ceiling = EurosFormField(
        label="Formulaire court jusqu'à",
        required=False,
        help_text="Un dossier qui demande ce montant en tout, ou moins, répond à moins de questions. "
        "Par exemple 3 000. Laissez vide pour le même formulaire pour tous.",
    )


class FramingForm(SectionForm):
    section = Section.FRAMING
    advice = "Ce que les porteurs liront d'abord."

    def make_fields(self) -> forms.Form:
        call, document = self.call, self.call.guidelines_document
        kept = ("year", "title", "guidelines", "contact", "short_form_ceiling")
        initial = {name: getattr(call, name) for name in kept}
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


_FORMS: dict[str, type[SectionForm]] = {
    form.section.value: form
    for form in (
        FramingForm,
        CalendarForm,
        ScopeForm,
        EnvelopesForm,
        PapersForm,
        CriteriaForm,
        CommitteesForm,
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


def _offer(fields: forms.Form, name: str, choices: list[Any]) -> None:
    field = fields.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = choices
