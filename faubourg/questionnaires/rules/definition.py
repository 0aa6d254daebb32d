"""The definition of a form, as it is kept: groups of questions, labels per language, simple conditions."""

import re
from collections import Counter
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from faubourg.questionnaires.states import NUMBERS, WITH_CHOICES, QuestionKind

FRENCH = "fr"
MOST_QUESTIONS, MOST_CHOICES, LONGEST_LABEL = 60, 30, 500
OPERATORS = ("=", "!=", "<", "<=", ">", ">=")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CHOICE = re.compile(r"[A-Za-z0-9_-]{1,40}")

Labels = dict[str, str]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Part):
    name: str
    labels: Labels


class Condition(_Part):
    """The earlier question, a comparison, a value: `=` on several answers means « is among them »."""

    question: str
    operator: str = "="
    value: str


class Question(_Part):
    name: str
    kind: QuestionKind
    labels: Labels
    hints: Labels = {}
    required: bool = False
    choices: tuple[Choice, ...] = ()
    relevant: tuple[Condition, ...] = ()

    @property
    def asks(self) -> bool:
        return self.kind != QuestionKind.NOTE


class Group(_Part):
    name: str
    labels: Labels
    relevant: tuple[Condition, ...] = ()
    questions: tuple[Question, ...] = ()


class Definition(_Part):
    groups: tuple[Group, ...] = ()

    def questions(self) -> Iterator[Question]:
        for group in self.groups:
            yield from group.questions

    def asked(self) -> dict[str, Question]:
        """What has an answer, by name, in order."""
        return {one.name: one for one in self.questions() if one.asks}

    def numbers(self) -> dict[str, int]:
        """Each question that has an answer, numbered from 1 as on paper and on the typing screen."""
        return {name: number for number, name in enumerate(self.asked(), start=1)}


def label_of(labels: Labels, language: str) -> str:
    """In this language, or in French while nobody has translated it."""
    return labels.get(language) or labels.get(FRENCH, "")


def definition_problems(definition: Definition) -> list[str]:
    """What keeps a definition from being asked, in sentences; nothing when it stands."""
    names = [group.name for group in definition.groups] + [one.name for one in definition.questions()]
    twice = [name for name, times in Counter(names).items() if times > 1]
    problems = [f"Deux parties ou questions portent le nom « {name} »." for name in twice]
    problems += [_bad_name(name) for name in names if not _NAME.fullmatch(name)]
    if len(list(definition.questions())) > MOST_QUESTIONS:
        problems.append(f"Un questionnaire a {MOST_QUESTIONS} questions au plus.")
    known: dict[str, Question] = {}
    for group in definition.groups:
        problems += _label_problems(group.name, group.labels)
        problems += _condition_problems(group.name, group.relevant, known)
        for question in group.questions:
            problems += _question_problems(question)
            problems += _condition_problems(question.name, question.relevant, known)
            known[question.name] = question
    return problems


def _question_problems(question: Question) -> list[str]:
    problems = _label_problems(question.name, question.labels)
    if question.kind not in WITH_CHOICES:
        return problems
    names = [choice.name for choice in question.choices]
    if not 2 <= len(names) <= MOST_CHOICES:
        problems.append(f"« {question.name} » propose entre 2 et {MOST_CHOICES} réponses.")
    if len(set(names)) < len(names):
        problems.append(f"« {question.name} » propose deux fois la même réponse.")
    for choice in question.choices:
        if not _CHOICE.fullmatch(choice.name):
            problems.append(_bad_name(choice.name))
        problems += _label_problems(f"{question.name}, {choice.name}", choice.labels)
    return problems


def _condition_problems(
    name: str, conditions: tuple[Condition, ...], known: dict[str, Question]
) -> list[str]:
    problems = []
    for condition in conditions:
        asked = known.get(condition.question)
        if asked is None:
            problems.append(f"« {name} » dépend de « {condition.question} », qui ne vient pas avant elle.")
        elif asked.kind in WITH_CHOICES:
            if condition.operator not in ("=", "!="):
                problems.append(f"« {name} » compare une réponse à choisir : seuls = et != ont un sens.")
            if condition.value not in {choice.name for choice in asked.choices}:
                problems.append(f"« {name} » dépend d'une réponse que « {asked.name} » ne propose pas.")
        elif asked.kind not in NUMBERS or not re.fullmatch(r"-?\d+(\.\d+)?", condition.value):
            problems.append(f"« {name} » ne peut dépendre que d'un choix ou d'un nombre.")
        elif condition.operator not in OPERATORS:
            problems.append(f"« {name} » compare avec un signe inconnu : « {condition.operator} ».")
    return problems


def _label_problems(name: str, labels: Labels) -> list[str]:
    if not labels.get(FRENCH, "").strip():
        return [f"« {name} » n'a pas d'intitulé en français."]
    if any(len(text) > LONGEST_LABEL for text in labels.values()):
        return [f"L'intitulé de « {name} » est trop long : {LONGEST_LABEL} signes au plus."]
    return []


def _bad_name(name: str) -> str:
    return f"« {name} » n'est pas un nom : des lettres sans accent, des chiffres et _ , une lettre d'abord."
