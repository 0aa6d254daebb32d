"""The page somebody answers on: one part of the questionnaire, in their language."""

from collections.abc import Mapping
from typing import Any

from django import forms

from faubourg.questionnaires.rules import bulletins
from faubourg.questionnaires.rules.answers import LONGEST_ANSWER, condition_in_words, holds, read_value
from faubourg.questionnaires.rules.definition import Definition, Group, Question, label_of
from faubourg.questionnaires.rules.languages import words
from faubourg.questionnaires.states import NUMBERS, QuestionKind

NO_NAMES = "N'écrivez ni nom, ni adresse, ni téléphone, les vôtres comme ceux des autres."


class WelcomeForm(forms.Form):
    bulletin = forms.CharField(
        label="Numéro de votre feuille", max_length=20, required=False,
        help_text="Sous le code à scanner, si vous en avez reçu une : ses chiffres et ses lettres. "
        "Sans feuille, laissez vide.",
    )  # fmt: skip

    def clean_bulletin(self) -> str:
        typed: str = self.cleaned_data["bulletin"]
        if typed and bulletins.read(typed) is None:
            raise forms.ValidationError("Ce numéro est faux : recopiez les chiffres et les lettres.")
        return typed


class GroupForm(forms.Form):
    """The questions of a part; those that a condition may skip say so, and are asked only when it holds."""

    def __init__(
        self, definition: Definition, group: Group, before: Mapping[str, Any], language: str, data: Any = None
    ) -> None:
        initial = {name: value for name, value in before.items() if value is not None}
        super().__init__(data, initial=initial)
        self.questions = {one.name: one for one in group.questions}
        self.before = before
        said = words(language)
        here = {one.name for one in group.questions}
        for question in group.questions:
            decided = all(condition.question not in here for condition in question.relevant)
            if decided and not holds(question.relevant, before):
                continue
            field = _field(question, language)
            if question.relevant and not decided:
                reason = condition_in_words(definition, question.relevant)
                field.help_text = f"Répondez seulement {reason}. {field.help_text}".strip()
            field.marker = said["required" if question.required else "optional"]
            self.fields[question.name] = field

    def clean(self) -> dict[str, Any]:
        """Everything that has a sense; a question skipped by a condition of this page is neither kept nor
        asked for."""
        super().clean()
        values = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}
        for name, question in self.questions.items():
            if name not in self.fields or not question.asks:
                continue
            if not holds(question.relevant, {**self.before, **values}):
                values.pop(name, None)
            elif question.required and name not in values and name not in self.errors:
                self.add_error(name, "Répondez à cette question.")
        return values


class _Note(forms.Widget):
    """A text to read: its label says it all."""

    input_type = "hidden"
    template_name = "django/forms/widgets/hidden.html"


class _Value(forms.Field):
    """Reads what was typed with the rules, so that paper, page and file obey alike."""

    marker: str

    def __init__(self, question: Question, **kwargs: Any) -> None:
        self.question = question
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return read_value(self.question, value if isinstance(value, list) else str(value or ""))
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None


def _field(question: Question, language: str) -> _Value:
    hint = label_of(question.hints, language) if question.hints else ""
    if question.kind == QuestionKind.TEXT:
        hint = f"{hint} {NO_NAMES}".strip()
    return _Value(
        question,
        label=label_of(question.labels, language),
        help_text=hint,
        widget=_widget(question, language),
    )


def _widget(question: Question, language: str) -> forms.Widget:
    choices = [(choice.name, label_of(choice.labels, language)) for choice in question.choices]
    match question.kind:
        case QuestionKind.ONE:
            return forms.RadioSelect(choices=choices)
        case QuestionKind.SEVERAL:
            return forms.CheckboxSelectMultiple(choices=choices)
        case QuestionKind.TEXT:
            return forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_ANSWER})
        case QuestionKind.DATE:
            return forms.DateInput()
        case kind if kind in NUMBERS:
            return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 16})
    return _Note()
