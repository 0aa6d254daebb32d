"""What a questionnaire may ask and what an answer is, without the database (CON-2, CON-7)."""

import pytest

from faubourg.questionnaires.rules import bulletins
from faubourg.questionnaires.rules.answers import asked_only, checked, condition_in_words, missing
from faubourg.questionnaires.rules.building import moved, with_question, without_question
from faubourg.questionnaires.rules.definition import Definition, definition_problems
from faubourg.questionnaires.rules.sensitive import sensitive_questions
from tests.factories.questionnaires import QUESTIONS

DEFINITION = Definition.model_validate(QUESTIONS)


def asking(label, **more):
    question = {"name": "q1", "kind": "text", "labels": {"fr": label}, **more}
    return Definition.model_validate(
        {"groups": [{"name": "p1", "labels": {"fr": "P"}, "questions": [question]}]}
    )


@pytest.mark.parametrize(
    "label",
    ["Quelle est votre origine ?", "Votre nationalité", "Votre religion", "Vos opinions politiques",
     "Êtes-vous en bonne santé ?", "Avez-vous un casier ?", "Votre orientation sexuelle",
     "Votre prénom", "Votre adresse exacte", "Un HANDICAP ?"],
)  # fmt: skip
def test_a_sensitive_question_is_seen_con_7(label):
    assert [one.label for one in sensitive_questions(asking(label))] == [label]


@pytest.mark.parametrize(
    "label",
    ["Venez-vous au marché ?", "Que change la politique de la ville ?", "Une orientation scolaire ?",
     "Depuis quelle année habitez-vous le quartier ?", "Quels sports manquent ?"],
)  # fmt: skip
def test_an_ordinary_question_is_not(label):
    assert list(sensitive_questions(asking(label))) == []


def test_a_derogation_allows_these_words_and_no_other():
    allowed = {"avez-vous un medecin traitant ?"}
    assert list(sensitive_questions(asking("Avez-vous un médecin traitant ?"), allowed)) == []
    assert len(list(sensitive_questions(asking("Quel médicament prenez-vous ?"), allowed))) == 1


def test_a_sound_definition_has_no_problem():
    assert definition_problems(DEFINITION) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"labels": {"en": "Only English"}}, "pas d'intitulé en français"),
        ({"name": "Q 1"}, "n'est pas un nom"),
        ({"kind": "select_one"}, "propose entre 2 et"),
        ({"relevant": [{"question": "q9", "value": "1"}]}, "ne vient pas avant elle"),
    ],
)
def test_a_broken_definition_says_what_to_mend(change, said):
    question = {"name": "q1", "kind": "text", "labels": {"fr": "Q"}} | change
    definition = Definition.model_validate(
        {"groups": [{"name": "p1", "labels": {"fr": "P"}, "questions": [question]}]}
    )
    assert any(said in problem for problem in definition_problems(definition))


def test_a_skipped_question_keeps_no_answer():
    assert asked_only(DEFINITION, {"q1": "no", "q2": 4}) == {"q1": "no"}
    assert asked_only(DEFINITION, {"q1": "yes", "q2": 4}) == {"q1": "yes", "q2": 4}


def test_what_is_required_and_asked_is_missed():
    assert missing(DEFINITION, {}) == ["q1"]
    assert missing(DEFINITION, {"q1": "no"}) == []


def test_an_answer_that_has_no_sense_is_told_by_question():
    kept, errors = checked(DEFINITION, {"q1": "maybe", "q3": ["trees", "bench"], "q4": "<b>Oui</b>"})
    assert kept == {"q3": ["trees", "bench"], "q4": "<b>Oui</b>"}
    assert errors == {"q1": ["Cette réponse n'est pas proposée."]}


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [("integer", "1 200", 1200), ("decimal", "12,50", "12.50"), ("year", "2019", 2019),
     ("date", "12/02/2027", "2027-02-12"), ("text", "  des bancs\x00 ", "des bancs")],
)  # fmt: skip
def test_numbers_and_days_are_read_as_people_write_them(kind, typed, kept):
    assert checked(asking("?", kind=kind), {"q1": typed}) == ({"q1": kept}, {})


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("integer", "douze"), ("integer", "1,5"), ("year", "19"), ("date", "31/02/2027"), ("text", "x" * 2001)],
)
def test_what_cannot_be_read_is_refused_in_words(kind, typed):
    assert checked(asking("?", kind=kind), {"q1": typed})[1].keys() == {"q1"}


def test_skip_logic_is_said_as_a_sentence():
    second = DEFINITION.groups[0].questions[1]
    assert condition_in_words(DEFINITION, second.relevant) == "si vous avez répondu « Oui » à la question 1"


def test_a_bulletin_number_has_a_key():
    assert bulletins.read(bulletins.written(123)) == 123
    number = bulletins.written(123)
    assert bulletins.read(number[:-1] + str((int(number[-1]) + 1) % 10)) is None
    assert bulletins.read("bonjour") is None


def test_the_letters_of_a_bulletin_are_its_own_and_those_of_its_batch():
    typed = bulletins.with_letters(123, "secret")
    assert bulletins.read(typed) == 123
    assert bulletins.is_held(typed.upper().replace("-", " "), "secret")
    assert not bulletins.is_held(typed, "autre secret")
    assert not bulletins.is_held(bulletins.written(123), "secret")
    assert bulletins.letters(123, "secret") != bulletins.letters(124, "secret")
    assert bulletins.with_letters(123, "") == bulletins.written(123)


def test_questions_move_inside_their_part_and_change_part():
    names = [one.name for one in moved(DEFINITION, "q2", "up").groups[0].questions]
    assert names == ["q2", "q1"]
    q3 = DEFINITION.groups[1].questions[0]
    assert [one.name for one in with_question(DEFINITION, q3, "p1").groups[0].questions] == ["q1", "q2", "q3"]
    assert "q3" not in without_question(DEFINITION, "q3").asked()
