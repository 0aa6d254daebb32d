"""What the GIP types: the questionnaire, one question, one part, a derogation."""

from typing import Any

from django import forms

from faubourg.consultation.models import Consultation
from faubourg.contracts.models import Contract
from faubourg.questionnaires.models import Questionnaire
from faubourg.questionnaires.rules.building import choices_from, fresh_name
from faubourg.questionnaires.rules.definition import (
    LONGEST_LABEL,
    Condition,
    Definition,
    Labels,
    Question,
)
from faubourg.questionnaires.rules.languages import LANGUAGES
from faubourg.questionnaires.states import WITH_CHOICES, QuestionKind
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.fields import ChosenField, LongTextField

IMPORTED = "="
"""The condition of a question that came from a file and that this page does not write."""


class QuestionnaireForm(forms.Form):
    title = forms.CharField(label="Intitulé", max_length=150, help_text="Comme sur la feuille imprimée.")
    introduction = LongTextField(
        label="À quoi il sert", required=False, max_length=1_500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="En mots simples : qui pose ces questions, ce que les réponses peuvent changer.",
    )  # fmt: skip
    return_places = LongTextField(
        label="Où rendre sa feuille", required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Un lieu par ligne, avec ses horaires. Demandé avant d'ouvrir.",
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label="Autres langues", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, name) for code, name in LANGUAGES.items() if code != "fr"],
    )  # fmt: skip
    neighbourhoods = ChosenField(
        label="Quartiers", queryset=Neighbourhood.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    consultation = forms.ModelChoiceField(
        label="Démarche de concertation", queryset=Consultation.objects.none(), required=False,
        empty_label="Aucune",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, contract: Contract, about: Questionnaire | None = None) -> None:
        super().__init__(data, initial=_told(about) if about else None)
        places, consultation = self.fields["neighbourhoods"], self.fields["consultation"]
        assert isinstance(places, ChosenField)  # noqa: S101
        assert isinstance(consultation, forms.ModelChoiceField)  # noqa: S101
        places.queryset = contract.neighbourhoods.order_by("name")
        consultation.queryset = Consultation.objects.filter(contract=contract)


class QuestionForm(forms.Form):
    """One question, its words in each language of the questionnaire."""

    group = forms.ChoiceField(label="Partie")
    kind = forms.ChoiceField(label="Sorte de réponse", choices=QuestionKind.choices)
    required = forms.BooleanField(label="Il faut répondre pour continuer", required=False)
    condition = forms.ChoiceField(
        label="La poser", required=False, help_text="Une question peut dépendre d'une réponse plus haut."
    )

    def __init__(
        self, data: Any = None, *, definition: Definition, languages: list[str], about: Question | None = None
    ) -> None:
        super().__init__(data, initial=_asked(definition, about) if about else None)
        self.definition, self.languages, self.about = definition, languages, about
        group, condition = self.fields["group"], self.fields["condition"]
        assert isinstance(group, forms.ChoiceField)  # noqa: S101
        assert isinstance(condition, forms.ChoiceField)  # noqa: S101
        group.choices = [(one.name, one.labels["fr"]) for one in definition.groups]
        condition.choices = _conditions(definition, about)
        for code in languages:
            for name, field in _words_in(code).items():
                self.fields[f"{name}_{code}"] = field
        words = [name for code in languages for name in (f"label_{code}", f"hint_{code}", f"choices_{code}")]
        self.order_fields(["group", "kind", *words, "required", "condition"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        lines = {code: self._lines(f"choices_{code}") for code in self.languages}
        with_choices = self.cleaned_data.get("kind") in WITH_CHOICES
        if with_choices and len(lines["fr"]) < 2:
            self.add_error("choices_fr", "Proposez au moins deux réponses, une par ligne.")
        if self.errors:
            return self.cleaned_data
        before = self.about.choices if self.about else ()
        names = [one.name for one in self.definition.questions()]
        question = Question(
            name=self.about.name if self.about else fresh_name("q", names),
            kind=self.cleaned_data["kind"],
            labels=self._said("label"),
            hints=self._said("hint"),
            required=self.cleaned_data["required"] and self.cleaned_data["kind"] != QuestionKind.NOTE,
            choices=choices_from(lines, before) if with_choices else (),
            relevant=self._relevant(),
        )
        return {"question": question, "group": self.cleaned_data["group"]}

    def _said(self, name: str) -> Labels:
        said = {code: self.cleaned_data.get(f"{name}_{code}", "").strip() for code in self.languages}
        return {code: text for code, text in said.items() if text}

    def _lines(self, name: str) -> list[str]:
        lines = self.cleaned_data.get(name, "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def _relevant(self) -> tuple[Condition, ...]:
        chosen = self.cleaned_data["condition"]
        if chosen == IMPORTED and self.about:
            return self.about.relevant
        question, _, value = chosen.partition(":")
        return (Condition(question=question, value=value),) if value else ()


class GroupNameForm(forms.Form):
    """The title of a part, in each language."""

    def __init__(self, data: Any = None, *, languages: list[str], labels: Labels | None = None) -> None:
        super().__init__(data, initial={f"label_{code}": text for code, text in (labels or {}).items()})
        self.languages = languages
        for code in languages:
            self.fields[f"label_{code}"] = forms.CharField(
                label=f"Titre de la partie{_in(code)}", max_length=150, required=code == "fr"
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = {code: self.cleaned_data.get(f"label_{code}", "").strip() for code in self.languages}
        return {"labels": {code: text for code, text in said.items() if text}}


class DerogationForm(forms.Form):
    label = forms.CharField(
        label="Question, mot pour mot", max_length=LONGEST_LABEL,
        help_text="La dérogation vaut pour ces mots et pour ce questionnaire seulement.",
    )  # fmt: skip
    given_by = forms.CharField(
        label="Délégué à la protection des données",
        max_length=150,
        help_text="Qui l'a donnée, par quel écrit.",
    )
    reason = LongTextField(label="Raison", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))


def _in(code: str) -> str:
    return "" if code == "fr" else f", en {LANGUAGES[code]}"


def _words_in(code: str) -> dict[str, forms.Field]:
    french = code == "fr"
    return {
        "label": forms.CharField(
            label=f"Question{_in(code)}", max_length=LONGEST_LABEL, required=french,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        "hint": forms.CharField(label=f"Aide sous la question{_in(code)}", max_length=300, required=False),
        "choices": LongTextField(
            label=f"Réponses proposées{_in(code)}", max_length=4_000, required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text="Une par ligne." if french else "Une par ligne, dans le même ordre qu'en français.",
        ),
    }  # fmt: skip


def _conditions(definition: Definition, about: Question | None) -> list[tuple[str, str]]:
    """Always, or after one answer to an earlier question."""
    offered = [("", "À tout le monde")]
    numbers = definition.numbers()
    for question in definition.questions():
        if about is not None and question.name == about.name:
            break
        offered += [
            (f"{question.name}:{choice.name}", f"Si {numbers[question.name]}. « {choice.labels['fr']} »")
            for choice in question.choices
        ]
    if about is not None and _condition_of(about) == IMPORTED:
        offered.append((IMPORTED, "Selon la condition du fichier importé"))
    return offered


def _condition_of(question: Question) -> str:
    if not question.relevant:
        return ""
    first = question.relevant[0]
    simple = len(question.relevant) == 1 and first.operator == "=" and not first.value.isdigit()
    return f"{first.question}:{first.value}" if simple else IMPORTED


def _asked(definition: Definition, about: Question) -> dict[str, Any]:
    group = next(one.name for one in definition.groups if about in one.questions)
    said: dict[str, Any] = {
        "group": group, "kind": about.kind, "required": about.required, "condition": _condition_of(about),
    }  # fmt: skip
    for code in LANGUAGES:
        said[f"label_{code}"] = about.labels.get(code, "")
        said[f"hint_{code}"] = about.hints.get(code, "")
        said[f"choices_{code}"] = "\n".join(choice.labels.get(code, "") for choice in about.choices)
    return said


def _told(about: Questionnaire) -> dict[str, Any]:
    names = ("title", "introduction", "return_places", "languages", "consultation")
    plain = {name: getattr(about, name) for name in names}
    return {**plain, "neighbourhoods": [one.pk for one in about.neighbourhoods.all()]}
