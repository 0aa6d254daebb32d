"""What is typed about paper: a batch, its counters, one sheet, what two typings say otherwise."""

from typing import Any

from django import forms

from faubourg.questionnaires.models import Batch, Questionnaire, Typing
from faubourg.questionnaires.rules import bulletins
from faubourg.questionnaires.rules.answers import LONGEST_ANSWER, in_words
from faubourg.questionnaires.rules.definition import Definition, Question
from faubourg.questionnaires.rules.keying import KEYS, read_keys
from faubourg.questionnaires.states import QuestionKind
from faubourg.territories.models import Neighbourhood


class BatchForm(forms.Form):
    printed = forms.IntegerField(
        label="Combien de bulletins", min_value=1, max_value=bulletins.MOST_BULLETINS,
        help_text=f"{bulletins.MOST_BULLETINS} au plus par lot.",
    )  # fmt: skip
    channel = forms.CharField(
        label="Remis par", max_length=120, help_text="Par exemple « centre social », « adultes-relais »."
    )
    neighbourhood = forms.ModelChoiceField(
        label="Quartier", queryset=Neighbourhood.objects.none(), required=False, empty_label="Tous"
    )
    is_typed_twice = forms.BooleanField(
        label="Saisir chaque bulletin deux fois, par deux personnes", required=False, initial=True
    )

    def __init__(self, data: Any = None, *, about: Questionnaire) -> None:
        super().__init__(data)
        field = self.fields["neighbourhood"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = about.contract.neighbourhoods.order_by("name")


class BatchCountsForm(forms.Form):
    handed_out = forms.IntegerField(
        label="Bulletins remis", min_value=0, max_value=bulletins.MOST_BULLETINS, required=False,
        help_text="Laissez vide ce que vous ne savez pas.",
    )  # fmt: skip
    returned = forms.IntegerField(
        label="Bulletins revenus", min_value=0, max_value=bulletins.MOST_BULLETINS, required=False
    )

    def __init__(self, data: Any = None, *, about: Batch) -> None:
        super().__init__(data, initial={"handed_out": about.handed_out, "returned": about.returned})


class BulletinForm(forms.Form):
    """The questions in the order and with the numbers of the sheet; none is required: paper may be blank."""

    bulletin = forms.CharField(
        label="Numéro du bulletin", max_length=20,
        widget=forms.TextInput(attrs={"autofocus": True, "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, definition: Definition) -> None:
        super().__init__(data)
        for number, question in enumerate(definition.asked().values(), start=1):
            self.fields[question.name] = _KeyedField(question, number)

    def clean_bulletin(self) -> int:
        number = bulletins.read(self.cleaned_data["bulletin"])
        if number is None:
            raise forms.ValidationError("Ce numéro est faux : recopiez les sept chiffres.")
        return number

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "bulletin" and value not in (None, "", [])
        }
        return {"bulletin": self.cleaned_data.get("bulletin"), "content": said}


class SettlingForm(forms.Form):
    """For each question typed otherwise, which of the two the sheet says."""

    def __init__(self, data: Any = None, *, differing: list[Question], typings: list[Typing]) -> None:
        super().__init__(data)
        for question in differing:
            said = [in_words(question, typing.content.get(question.name)) for typing in typings]
            self.fields[question.name] = forms.TypedChoiceField(
                label=question.labels["fr"], coerce=int, widget=forms.RadioSelect,
                choices=[(rank, words or "rien de coché ni d'écrit") for rank, words in enumerate(said, 1)],
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        super().clean()
        return {"kept": dict(self.cleaned_data)}


class ExclusionForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi l'écarter",
        max_length=200,
        help_text="Par exemple « illisible », « hors du quartier ».",
    )


class _KeyedField(forms.CharField):
    """One question, answered by the keys printed beside its boxes."""

    def __init__(self, question: Question, number: int) -> None:
        self.question = question
        keys = [f"{key} {choice.labels['fr']}" for key, choice in zip(KEYS, question.choices, strict=False)]
        longest = LONGEST_ANSWER if question.kind == QuestionKind.TEXT else 40
        super().__init__(
            label=f"{number}. {question.labels['fr']}", required=False, max_length=longest,
            help_text=" · ".join(keys), widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        try:
            return read_keys(self.question, super().clean(value))
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None
