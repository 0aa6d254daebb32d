from datetime import date

import factory
from factory.django import DjangoModelFactory

from faubourg.questionnaires.models import Batch, Form, Questionnaire, Response
from tests.factories.contracts import ContractFactory

CHOICES = [
    {"name": "yes", "labels": {"fr": "Oui", "en": "Yes"}},
    {"name": "no", "labels": {"fr": "Non", "en": "No"}},
]
QUESTIONS = {
    "groups": [
        {
            "name": "p1",
            "labels": {"fr": "Le quartier", "en": "The neighbourhood"},
            "questions": [
                {
                    "name": "q1", "kind": "select_one", "required": True, "choices": CHOICES,
                    "labels": {"fr": "Venez-vous au marché ?", "en": "Do you go to the market?"},
                },
                {
                    "name": "q2", "kind": "integer", "labels": {"fr": "Combien de fois par mois ?"},
                    "relevant": [{"question": "q1", "value": "yes"}],
                },
            ],
        },
        {
            "name": "p2",
            "labels": {"fr": "Vos idées"},
            "questions": [
                {
                    "name": "q3", "kind": "select_multiple", "labels": {"fr": "Que faut-il changer ?"},
                    "choices": [
                        {"name": "trees", "labels": {"fr": "Des arbres"}},
                        {"name": "bench", "labels": {"fr": "Des bancs"}},
                        {"name": "light", "labels": {"fr": "De la lumière"}},
                    ],
                },
                {"name": "q4", "kind": "text", "labels": {"fr": "Autre chose à dire ?"}},
            ],
        },
    ]
}  # fmt: skip
"""Four questions on two parts; the second asks only those who go to the market."""


class QuestionnaireFactory(DjangoModelFactory):
    class Meta:
        model = Questionnaire

    contract = factory.SubFactory(ContractFactory)
    title = factory.Sequence("Le marché de l'Écusson {}".format)
    languages = ["fr", "en"]
    return_places = "Centre social, le matin"
    public_code = factory.Sequence("marche{}".format)


class FormFactory(DjangoModelFactory):
    class Meta:
        model = Form

    questionnaire = factory.SubFactory(QuestionnaireFactory, state="open")
    number = 1
    definition = QUESTIONS


class BatchFactory(DjangoModelFactory):
    """Twenty sheets, all handed out and returned."""

    class Meta:
        model = Batch

    form = factory.SubFactory(FormFactory)
    first_number = factory.Sequence(lambda n: 1 + 100 * n)
    printed = 20
    channel = "Centre social"
    handed_out = 20
    returned = 20
    printed_on = date(2026, 11, 20)
    secret = "secret du lot"


class ResponseFactory(DjangoModelFactory):
    class Meta:
        model = Response

    form = factory.SubFactory(FormFactory)
    questionnaire = factory.SelfAttribute("form.questionnaire")
    mode = "online"
    received_on = date(2026, 11, 25)
    content = factory.LazyFunction(lambda: {"q1": "yes", "q2": 3, "q3": ["trees"], "q4": "De l'ombre"})
    reference = factory.Sequence("tirage-{}".format)
