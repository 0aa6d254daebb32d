"""The parts of the form, as the Cerfa 12156 asks them, in plain words."""

import re
from datetime import date
from itertools import groupby
from typing import Any, cast

from django import forms

from faubourg.applications.forms.budget import BudgetForm
from faubourg.applications.forms.draft import Data, DraftForm, rows_typed
from faubourg.applications.models import Application
from faubourg.applications.queries import figures_of
from faubourg.applications.rules import INDICATORS_MINIMUM
from faubourg.applications.states import Part, Recurrence
from faubourg.directory.states import OrganisationKind
from faubourg.toolkit.fields import LongTextField

_INDICATOR = re.compile(r"indicator-(\d{1,2})-(?:label|target)")
ROWS_MAXIMUM = 40


def words(label: str, *, required: bool = True, rows: int = 5, help_text: str = "") -> forms.CharField:
    return LongTextField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ProjectForm(DraftForm):
    part = Part.PROJECT
    columns = ("title", "recurrence", "need", "description", "expected_results", "partners")

    title = forms.CharField(
        label="Intitulé de l'action", max_length=200, help_text="En une ligne, comme sur une affiche."
    )
    recurrence = forms.ChoiceField(
        label="Cette demande est",
        choices=Recurrence.choices,
        widget=forms.RadioSelect,
        help_text="Un renouvellement : la même action, déjà aidée une année passée.",
    )
    objectives = forms.MultipleChoiceField(
        label="À quels objectifs du contrat l'action répond-elle ?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Un au moins. Cochez le principal, et les autres seulement s'ils comptent vraiment.",
    )
    need = words(
        "À quel besoin répond l'action ?",
        help_text="Ce que vous avez constaté dans le quartier, et qui vous l'a dit.",
    )
    description = words("Que ferez-vous ?", rows=8, help_text="Les activités, à quel rythme, avec qui.")
    expected_results = words(
        "Qu'est-ce qui aura changé ?", help_text="À la fin de l'action, pour les habitants."
    )
    partners = words(
        "Avec quels partenaires ?",
        required=False,
        rows=3,
        help_text="Qui vous aide à faire, et en quoi. Ceux qui paient sont au budget.",
    )

    def stored(self) -> dict[str, Any]:
        objectives = [objective.pk for objective in self.application.objectives.all()]
        rows = {}
        for number, indicator in enumerate(self.application.indicators.all()):
            rows[f"indicator-{number}-label"] = indicator.label
            rows[f"indicator-{number}-target"] = indicator.target
        return {**super().stored(), "objectives": objectives, **rows}

    def add_rows(self) -> None:
        field = cast("forms.MultipleChoiceField", self.fields["objectives"])
        field.choices = _objectives(self.application)
        typed = {int(number) for (number,) in rows_typed(self.data, _INDICATOR)}
        self.numbers = range(0)
        while len(self.numbers) < min(max([1, *typed]) + 1, ROWS_MAXIMUM):
            self.add_row()

    def add_row(self, code: str = "indicator") -> None:
        """Offer one more indicator."""
        number = len(self.numbers)
        if number < ROWS_MAXIMUM:
            self.numbers = range(number + 1)
            self.fields[f"indicator-{number}-label"] = forms.CharField(
                label=f"Indicateur {number + 1}",
                max_length=200,
                required=number < INDICATORS_MINIMUM,
                help_text="Ce que vous compterez.",
            )
            self.fields[f"indicator-{number}-target"] = forms.CharField(
                label=f"Valeur attendue {number + 1}",
                max_length=100,
                required=number < INDICATORS_MINIMUM,
                help_text="Combien, à la fin de l'action.",
            )

    @property
    def indicator_rows(self) -> list[tuple[Any, Any]]:
        return [
            (self[f"indicator-{number}-label"], self[f"indicator-{number}-target"]) for number in self.numbers
        ]

    def clean(self) -> None:
        for number in self.numbers:
            label, target = f"indicator-{number}-label", f"indicator-{number}-target"
            if label in self.errors or target in self.errors:
                continue
            if self.cleaned_data[label] and not self.cleaned_data[target]:
                self.add_error(target, "Dites la valeur que vous attendez, par exemple « 60 personnes ».")
            elif self.cleaned_data[target] and not self.cleaned_data[label]:
                self.add_error(label, "Dites ce que vous compterez, par exemple « participants ».")

    def companions(self, name: str) -> tuple[str, ...]:
        match = _INDICATOR.fullmatch(name)
        number = match.group(1) if match else ""
        return (f"indicator-{number}-label", f"indicator-{number}-target") if match else ()

    def values(self) -> dict[str, Any]:
        rows = [
            (
                self.cleaned_data.get(f"indicator-{number}-label"),
                self.cleaned_data.get(f"indicator-{number}-target"),
            )
            for number in self.numbers
        ]
        values = {
            **super().values(),
            "indicators": [(label, target) for label, target in rows if label and target],
        }
        if "objectives" in self.cleaned_data:
            values["objectives"] = [int(key) for key in self.cleaned_data["objectives"]]
        return values


def _objectives(application: Application) -> list[Any]:
    """The objectives of the call under their priority; those ticked before and closed since stay in sight."""
    offered = list(application.call.objectives.select_related("parent").order_by("position"))
    kept = [one for one in application.objectives.all() if one not in offered]
    groups = [
        (str(parent) if parent else "Objectifs", [(one.pk, str(one)) for one in ones])
        for parent, ones in groupby(offered, key=lambda one: one.parent)
    ]
    closed = [(one.pk, f"{one} (n'est plus ouvert dans cet appel)") for one in kept]
    return [*groups, *([("Autres", closed)] if closed else [])]


class AudienceForm(DraftForm):
    part = Part.AUDIENCE
    columns = ("audience", "participants_count", "place", "mainstream_sought", "relay_plan")

    audience = words("À qui s'adresse l'action ?", rows=3, help_text="Âge, situation : avec vos mots.")
    participants_count = forms.IntegerField(
        label="Combien de participants en tout ?",
        min_value=0,
        max_value=1_000_000,
        help_text="Une personne venue dix fois compte une fois.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "count"}),
    )
    place = forms.CharField(
        label="Où l'action se tient-elle ?",
        max_length=250,
        help_text="Le lieu et sa rue ; s'il y en a plusieurs, les principaux.",
    )
    mainstream_sought = words(
        "Quels crédits de droit commun avez-vous demandés ?",
        required=False,
        rows=3,
        help_text="Les aides ordinaires (CAF, Département, commune…), et ce qu'on vous a répondu.",
    )
    relay_plan = words(
        "Comment le droit commun prendra-t-il le relais ?",
        required=False,
        rows=3,
        help_text="Demandé pour des crédits P147 sur un territoire hors quartier prioritaire.",
    )

    def stored(self) -> dict[str, Any]:
        aims = self.application.territories.all()
        return {
            **super().stored(),
            **{f"residents-{aim.neighbourhood_id}": aim.residents_count for aim in aims},
        }

    def add_rows(self) -> None:
        offered = {
            place.pk: (place.name, place.get_kind_display())
            for place in self.application.call.neighbourhoods.all()
        }
        closed = {
            aim.neighbourhood_id: (aim.neighbourhood.name, "n'est pas ouvert dans cet appel")
            for aim in self.application.territories.all()
            if aim.neighbourhood_id not in offered
        }
        self.places = {**offered, **closed}
        for key, (name, kind) in self.places.items():
            self.fields[f"residents-{key}"] = forms.IntegerField(
                label=f"Habitants visés : {name}",
                help_text=f"{kind}. Laissez vide si l'action ne le vise pas.",
                min_value=0,
                max_value=1_000_000,
                required=len(self.places) == 1,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "count"}),
            )

    @property
    def place_rows(self) -> list[Any]:
        return [self[f"residents-{key}"] for key in self.places]

    def values(self) -> dict[str, Any]:
        counts = {key: self.cleaned_data.get(f"residents-{key}") for key in self.places}
        return {**super().values(), "residents": counts}


class ScheduleForm(DraftForm):
    part = Part.SCHEDULE
    columns = ("starts_on", "ends_on", "is_multi_year", "schedule", "staff")

    starts_on = forms.DateField(
        label="Premier jour de l'action",
        widget=forms.DateInput,
        help_text="Le jour où l'action commence pour de bon, préparation comprise.",
    )
    ends_on = forms.DateField(
        label="Dernier jour de l'action",
        widget=forms.DateInput,
        help_text="Après ce jour, plus aucune dépense ne compte.",
    )
    is_multi_year = forms.BooleanField(
        label="Je demande une convention pluriannuelle d'objectifs",
        required=False,
        help_text="L'action peut alors se dérouler sur plusieurs exercices.",
    )
    schedule = words(
        "Comment l'action se déroule-t-elle dans l'année ?",
        required=False,
        rows=4,
        help_text="Les grandes étapes, mois par mois.",
    )
    staff = words("Qui fait quoi ?", required=False, rows=4, help_text="Salariés, bénévoles, intervenants.")

    def add_rows(self) -> None:
        if years := figures_of(self.application).agreement_years:
            self.fields["is_multi_year"].label += f" ({years} ans)"  # type: ignore[operator]
            self.fields["is_multi_year"].help_text = f"L'action peut alors durer {years} exercices."

    def clean(self) -> None:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if isinstance(starts_on, date) and isinstance(ends_on, date) and ends_on < starts_on:
            self.add_error(
                "starts_on", "Le premier jour est après le dernier : corrigez l'une des deux dates."
            )
            self.add_error("ends_on", "Le dernier jour est avant le premier.")


class SignatureForm(DraftForm):
    part = Part.SIGNATURE
    columns = ("republican_pledge", "republican_pledge_signed_on", "is_up_to_date", "is_accurate")

    republican_pledge = forms.BooleanField(
        label="La structure a souscrit le contrat d'engagement républicain et en informe ses membres",
        help_text="Sept engagements (décret du 31 décembre 2021). Obligatoire pour une association.",
    )
    republican_pledge_signed_on = forms.DateField(
        label="Souscrit le",
        required=False,
        widget=forms.DateInput,
        help_text="La date écrite sur le contrat signé.",
    )
    is_up_to_date = forms.BooleanField(
        label="La structure est à jour de ses obligations sociales, fiscales et comptables",
        help_text="Cotisations, impôts, comptes approuvés : le signataire en répond.",
    )
    is_accurate = forms.BooleanField(
        label="Les informations du dossier sont exactes, y compris les autres demandes de financement",
        help_text="Relisez le dossier au bas de cette page avant de cocher.",
    )

    def add_rows(self) -> None:
        if self.application.applicant.kind != OrganisationKind.ASSOCIATION:
            self.fields["republican_pledge"].required = False


_FORMS: dict[Part, type[DraftForm]] = {
    form.part: form for form in (ProjectForm, AudienceForm, ScheduleForm, BudgetForm, SignatureForm)
}


def form_for(application: Application, part: Part, data: Data | None = None) -> DraftForm:
    """The form of one part, as it was left or as it was just sent."""
    return _FORMS[part](application, data)
