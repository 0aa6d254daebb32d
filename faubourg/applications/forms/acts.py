"""Short forms: begin, withdraw, let in late, join a file."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from faubourg.applications.models import Application
from faubourg.applications.rules import COPIED_PARTS
from faubourg.applications.states import Part
from faubourg.calls.models import Call
from faubourg.directory.models import Organisation
from faubourg.documents.queries import upload_help
from faubourg.toolkit.fields import LongTextField


class StartForm(forms.Form):
    call = forms.ChoiceField(label="Appel à projets")
    applicant = forms.ChoiceField(label="Au nom de")
    title = forms.CharField(
        label="Intitulé de l'action", max_length=200, help_text="Vous pourrez le changer jusqu'au dépôt."
    )

    def __init__(
        self, calls: Iterable[Call], applicants: Iterable[Organisation], data: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.calls = {str(call.pk): call for call in calls}
        self.applicants = {str(one.pk): one for one in applicants}
        self._offer("call", {key: f"{call} · {call.contract}" for key, call in self.calls.items()})
        self._offer("applicant", {key: str(one) for key, one in self.applicants.items()})

    def _offer(self, name: str, choices: dict[str, str]) -> None:
        """One choice is no choice: it is made."""
        field = cast("forms.ChoiceField", self.fields[name])
        if len(choices) == 1:
            field.choices = list(choices.items())
            field.initial = next(iter(choices))
        else:
            field.choices = [("", "Choisissez"), *choices.items()]

    @property
    def call_chosen(self) -> Call:
        return self.calls[self.cleaned_data["call"]]

    @property
    def applicant_chosen(self) -> Organisation:
        return self.applicants[self.cleaned_data["applicant"]]


TAKEN_OVER = {
    Part.PROJECT: "Le projet : objectifs encore ouverts, textes, indicateurs",
    Part.AUDIENCE: "Le public : participants, habitants des quartiers, lieu",
    Part.SCHEDULE: "Le déroulement et qui fait quoi (les dates sont à redonner)",
    Part.BUDGET: "Le budget, et ce que vous demandez aux mêmes financeurs",
}


class DuplicateForm(forms.Form):
    call = forms.ChoiceField(label="Pour l'appel à projets")
    title = forms.CharField(label="Intitulé de l'action", max_length=200)
    parts = forms.MultipleChoiceField(
        label="Ce que vous reprenez",
        required=False,
        choices=[(part.value, TAKEN_OVER[part]) for part in COPIED_PARTS],
        initial=[part.value for part in COPIED_PARTS],
        widget=forms.CheckboxSelectMultiple,
        help_text="Décochez ce que vous préférez récrire. Tout reste modifiable ensuite.",
    )

    def __init__(
        self, source: Application, calls: Iterable[Call], data: Any = None, *, call_pk: int | None = None
    ) -> None:
        super().__init__(data, initial={"title": source.title, "call": call_pk})
        self.calls = {str(call.pk): call for call in calls if call.pk != source.call_id}
        field = cast("forms.ChoiceField", self.fields["call"])
        offered = [(key, f"{call} · {call.contract}") for key, call in self.calls.items()]
        field.choices = offered if len(offered) == 1 else [("", "Choisissez"), *offered]

    @property
    def call_chosen(self) -> Call:
        return self.calls[self.cleaned_data["call"]]


class StartForForm(forms.Form):
    applicant = forms.ChoiceField(label="Au nom de")
    title = forms.CharField(label="Intitulé de l'action", max_length=200)

    def __init__(self, applicants: Iterable[Organisation], data: Any = None) -> None:
        super().__init__(data)
        self.applicants = {str(one.pk): one for one in applicants}
        field = cast("forms.ChoiceField", self.fields["applicant"])
        field.choices = [("", "Choisissez"), *((key, one.name) for key, one in self.applicants.items())]

    @property
    def applicant_chosen(self) -> Organisation:
        return self.applicants[self.cleaned_data["applicant"]]


class PaperForm(forms.Form):
    received_on = forms.DateField(
        label="Reçu sur papier le", help_text="C'est ce jour qui compte pour la date limite, pas aujourd'hui."
    )
    signed_by = forms.CharField(
        label="Signé par",
        max_length=150,
        help_text="Le nom et la qualité, par exemple « Awa Diallo, présidente ».",
    )
    upload = forms.FileField(label="Le papier signé, numérisé")

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["upload"].help_text = upload_help()


class WithdrawForm(forms.Form):
    reason = LongTextField(
        label="Pourquoi retirez-vous ce dossier ?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ExtendForm(forms.Form):
    until = forms.DateTimeField(
        label="Dépôt possible jusqu'au",
        widget=forms.DateTimeInput,
        help_text="Jour et heure de Paris.",
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H h %M"],
    )
    reason = LongTextField(
        label="Motif",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Il reste au dossier et au journal.",
    )
