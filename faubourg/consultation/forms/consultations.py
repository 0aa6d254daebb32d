"""What people type about a consultation and its gatherings."""

from typing import Any

from django import forms

from faubourg.consultation.models import (
    Consultation,
    Gathering,
    GatheringMinutes,
    GatheringQuestion,
    GatheringTable,
    Topic,
)
from faubourg.consultation.rules import lines_of
from faubourg.consultation.states import WITHOUT_GATHERING, AttendeeCategory, Modality
from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.fields import ChosenField, LongTextField, in_our_times

DAY = ["%Y-%m-%d", "%d/%m/%Y"]
MOST_ATTENDEES = 100_000


class ConsultationForm(forms.Form):
    title = forms.CharField(
        label="Intitulé", max_length=150, help_text="Par exemple « Une place plus fraîche à l'Écusson »."
    )
    aim = LongTextField(
        label="À quoi elle sert",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="En mots simples : ce que les habitants peuvent changer, et qui décidera.",
    )
    modalities = forms.MultipleChoiceField(
        label="Comment les habitants participent",
        choices=Modality.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Au moins un moyen sans écran : le numérique seul laisse des habitants de côté.",
    )
    starts_on = forms.DateField(label="Du", input_formats=DAY, required=False, validators=[in_our_times])
    ends_on = forms.DateField(label="Au", input_formats=DAY, required=False, validators=[in_our_times])
    neighbourhoods = ChosenField(
        label="Quartiers consultés", queryset=Neighbourhood.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    topics = ChosenField(
        label="Thèmes", queryset=Topic.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    organisers = ChosenField(
        label="Organisateurs", queryset=Organisation.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    perimeter = forms.CharField(
        label="Périmètre", max_length=200, required=False, help_text="Qui est concerné, si c'est à préciser."
    )

    def __init__(self, data: Any = None, *, contract: Contract, about: Consultation | None = None) -> None:
        super().__init__(data, initial=_told(about) if about else None)
        signatories = contract.signatories.values("organisation")
        choices = {
            "neighbourhoods": contract.neighbourhoods.order_by("name"),
            "topics": Topic.objects.filter(contract=contract, archived_on=None),
            "organisers": Organisation.objects.filter(pk__in=signatories).order_by("name"),
        }
        for name, queryset in choices.items():
            field = self.fields[name]
            assert isinstance(field, ChosenField)  # noqa: S101
            field.queryset = queryset


class GatheringForm(forms.Form):
    kind = forms.ChoiceField(
        label="Forme",
        choices=[("", "Choisissez"), *(one for one in Modality.choices if one[0] not in WITHOUT_GATHERING)],
    )
    title = forms.CharField(label="Intitulé", max_length=150, help_text="Comme sur l'affiche.")
    held_on = forms.DateField(label="Jour", input_formats=DAY, validators=[in_our_times])
    hour = forms.CharField(label="Heure", max_length=20, required=False, help_text="Par exemple 17 h.")
    place = forms.CharField(label="Lieu", max_length=200, required=False)
    neighbourhood = forms.ModelChoiceField(
        label="Quartier", queryset=Neighbourhood.objects.none(), required=False, empty_label="Choisissez"
    )
    facilitators = forms.CharField(label="Animateurs", max_length=300, required=False)
    questions = LongTextField(
        label="Questions posées", required=False, max_length=3_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Une question par ligne.",
    )  # fmt: skip
    tables = LongTextField(
        label="Tables", required=False, max_length=3_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Une table par ligne : ce dont on y parle, par exemple « Cadre de vie ».",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, contract: Contract, about: Gathering | None = None) -> None:
        super().__init__(data, initial=_held(about) if about else None)
        field = self.fields["neighbourhood"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = contract.neighbourhoods.order_by("name")

    def clean_questions(self) -> list[str]:
        return _short_lines(self.cleaned_data["questions"], 300)

    def clean_tables(self) -> list[str]:
        return _short_lines(self.cleaned_data["tables"], 120)


class AttendeesForm(forms.Form):
    attendees = forms.IntegerField(
        label="Participants en tout", min_value=0, max_value=MOST_ATTENDEES, required=False,
        help_text="Laissez vide ce que vous ne savez pas : les pages diront « à confirmer ».",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, about: Gathering, counts: dict[str, int]) -> None:
        super().__init__(data, initial={"attendees": about.attendees, **counts})
        for value, label in AttendeeCategory.choices:
            self.fields[value] = forms.IntegerField(
                label=str(label), min_value=0, max_value=MOST_ATTENDEES, required=False
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        counts = {value: self.cleaned_data.get(value) for value in AttendeeCategory.values}
        return {"attendees": self.cleaned_data.get("attendees"), "counts": counts}


class MinutesForm(forms.Form):
    text = LongTextField(label="Compte rendu", widget=forms.Textarea(attrs={"rows": 16}))

    def __init__(self, data: Any = None, *, about: GatheringMinutes | None) -> None:
        super().__init__(data, initial={"text": about.text} if about else None)


class ValidationForm(forms.Form):
    body = forms.CharField(
        label="Validé par", max_length=150, help_text="Par exemple « comité technique restreint »."
    )
    validated_on = forms.DateField(label="Le", input_formats=DAY, validators=[in_our_times])


class TypingForm(forms.Form):
    table = forms.ModelChoiceField(
        label="Table", queryset=GatheringTable.objects.none(), required=False, empty_label="Sans table"
    )
    question = forms.ModelChoiceField(
        label="Question", queryset=GatheringQuestion.objects.none(), required=False,
        empty_label="Sans question",
    )  # fmt: skip
    text = forms.CharField(
        label="Ce qui est dit", max_length=1_000, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Les mots de la personne, sans son nom. Entrée enregistre et passe à la parole suivante.",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, about: Gathering, kept: Any = None, goes_on: bool = False
    ) -> None:
        super().__init__(data, initial=kept)
        table, question = self.fields["table"], self.fields["question"]
        assert isinstance(table, forms.ModelChoiceField)  # noqa: S101
        assert isinstance(question, forms.ModelChoiceField)  # noqa: S101
        table.queryset, question.queryset = about.tables.all(), about.questions.all()
        if goes_on:  # on a first visit the page is read from its top
            self.fields["text"].widget.attrs["autofocus"] = True


def _told(about: Consultation) -> dict[str, Any]:
    plain = {name: getattr(about, name) for name in ("title", "aim", "modalities", "starts_on", "ends_on")}
    sets = {
        name: [one.pk for one in getattr(about, name).all()]
        for name in ("neighbourhoods", "topics", "organisers")
    }
    return {**plain, **sets, "perimeter": about.perimeter}


def _held(about: Gathering) -> dict[str, Any]:
    names = ("kind", "title", "held_on", "hour", "place", "neighbourhood", "facilitators")
    return {
        **{name: getattr(about, name) for name in names},
        "questions": "\n".join(question.text for question in about.questions.all()),
        "tables": "\n".join(table.name for table in about.tables.all()),
    }


def _short_lines(text: str, longest: int) -> list[str]:
    lines = lines_of(text)
    for number, line in enumerate(lines, start=1):
        if len(line) > longest:
            raise forms.ValidationError(f"La ligne {number} est trop longue : {longest} signes au plus.")
    if len(lines) > 40:
        raise forms.ValidationError("Quarante lignes au plus.")
    return lines
