"""A filed dossier handed back to its applicant: what is asked opens, the rest stays."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faubourg.applications import actions, rules
from faubourg.applications.queries import questions_of
from tests.conftest import NOW
from tests.factories import RequiredPaperFactory, complete_application

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


@pytest.fixture
def handed_back(cast):
    """A dossier of the cast, to complete: what is named is open."""

    def hand(*keys, **fields):
        application = complete_application(
            applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope, state="incomplete",
            number="2027-001", submitted_at=NOW, title="Jardins", **fields,
        )  # fmt: skip
        actions.unlock(application, {key: {"label": key, "why": "Incorrect : revoyez."} for key in keys})
        return application

    return hand


@pytest.mark.parametrize(
    ("unlocked", "part", "name", "is_open"),
    [
        ((), "projet", "need", True),
        (("projet-need",), "projet", "need", True),
        (("projet-need",), "projet", "title", False),
        (("projet-need",), "projet", "", True),
        (("projet-need",), "budget", "", False),
        (("projet",), "projet", "title", True),
        (("pieces-12",), "pieces", "12", True),
        (("pieces-12",), "pieces", "1", False),
    ],
)
def test_an_answer_is_open_when_it_or_its_step_is_named_or_nothing_is(unlocked, part, name, is_open):
    assert rules.is_unlocked(unlocked, part, name) is is_open


@pytest.mark.parametrize(
    ("field", "question"),
    [
        ("title", "title"),
        ("indicator-3-target", "indicators"),
        ("residents-8", "residents"),
        ("territories", "residents"),
        ("paper-12", "12"),
    ],
)
def test_the_rows_of_a_question_count_as_one(field, question):
    assert rules.question_of(field) == question


def test_every_question_of_the_form_may_be_asked_again_with_what_it_says(handed_back):
    asked = {one.key: one.value for one in questions_of(handed_back())}
    assert asked["projet-need"] == "Besoin"
    assert asked["calendrier-starts_on"] == "1er mars 2027"
    assert asked["public-residents"] == "L'Écusson : 45 habitants"
    assert "Participants : 60" in asked["projet-indicators"]
    assert "60 Achats : 2 000,00 €" in asked["budget"].replace("\u00a0", " ")
    assert {"structure", "projet", "public", "calendrier", "pieces-autre", "signature"} <= asked.keys()


def test_the_applicant_writes_what_is_open(handed_back, editor):
    application = handed_back("projet-need")
    actions.save_part(application, "projet", {"need": "Un vrai besoin"}, actor=editor, now=NOW)
    application.refresh_from_db()
    assert application.need == "Un vrai besoin"


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("projet", {"need": "Oui", "title": "Autre"}),
        ("projet", {"indicators": []}),
        ("public", {"place": "Ailleurs"}),
        ("budget", {"lines": []}),
    ],
)
def test_the_rest_is_refused_by_the_action_itself(handed_back, editor, part, values):
    application = handed_back("projet-need")
    with pytest.raises(PermissionDenied, match="verrouillée"):
        actions.save_part(application, part, values, actor=editor, now=NOW)
    application.refresh_from_db()
    assert application.need == "Besoin"


def test_a_paper_is_replaced_only_where_it_is_asked(cast, handed_back, editor):
    wanted, other = RequiredPaperFactory(call=cast.call), RequiredPaperFactory(call=cast.call, label="RIB")
    application = handed_back(f"pieces-{wanted.pk}")

    def join(required_paper):
        upload = SimpleUploadedFile("devis.pdf", PDF)
        return actions.attach_paper(application, upload, required_paper=required_paper, actor=editor, now=NOW)

    for closed in (other, None):
        with pytest.raises(PermissionDenied, match="verrouillée"):
            join(closed)


def test_the_page_locks_the_rest_and_says_why_what_is_open_is(client, handed_back, editor):
    application = handed_back("projet-need")
    client.force_login(editor)
    response = client.get(reverse("applications:edit", args=[application.pk, "projet"]))
    form = response.context["form"]
    assert not form.fields["need"].disabled
    assert form.fields["need"].help_text.startswith("À corriger. Incorrect : revoyez.")
    locked = [name for name, field in form.fields.items() if field.disabled]
    assert {"title", "recurrence", "objectives", "indicator-0-label"} <= set(locked)
    assert "Le GIP demande de corriger" in response.content.decode()


@pytest.mark.parametrize("step", ["public", "calendrier", "budget", "pieces", "signature", "structure"])
def test_a_step_where_nothing_is_asked_is_shown_locked(client, handed_back, editor, step):
    application = handed_back("projet-need")
    client.force_login(editor)
    page = client.get(reverse("applications:edit", args=[application.pk, step])).content.decode()
    assert (
        "Rien n&#x27;est à corriger sur cette étape" in page
        or "Rien n'est à corriger sur cette étape" in page
    )
    assert "Enregistrer et suivre" not in page


def test_saving_keeps_the_locked_answers_and_goes_on_to_the_next_open_step(client, handed_back, editor):
    application = handed_back("projet-need", "calendrier-staff")
    client.force_login(editor)
    page = client.get(reverse("applications:edit", args=[application.pk, "projet"])).context["form"]
    sent = {"version": page.version, "page": page.page, "need": "Mieux dit", "go": "next"}
    answer = client.post(reverse("applications:edit", args=[application.pk, "projet"]), sent)
    assert answer.url == reverse("applications:edit", args=[application.pk, "calendrier"])
    sent = {"version": 0, "page": "abcdefghijkl", "staff": "Trois bénévoles", "go": "next"}
    answer = client.post(reverse("applications:edit", args=[application.pk, "calendrier"]), sent)
    assert answer.url == reverse("appraisal:answer_information", args=[application.pk])
    application.refresh_from_db()
    assert (application.need, application.title, application.staff) == (
        "Mieux dit",
        "Jardins",
        "Trois bénévoles",
    )
    assert application.starts_on == date(2027, 3, 1)
    assert application.objectives.count() == 1
    assert application.indicators.count() == 2


def test_what_a_stale_tab_sends_to_a_locked_answer_is_not_saved_and_comes_back_in_words(
    client, handed_back, editor
):
    """A tab opened before: nothing typed is lost, nothing locked is changed."""
    application = handed_back("projet-need")
    client.force_login(editor)
    sent = {"version": 0, "page": "abcdefghijkl", "need": "Mieux", "title": "Titre que je voulais"}
    page = client.post(reverse("applications:edit", args=[application.pk, "projet"]), sent, follow=True)
    assert "Titre que je voulais" in page.content.decode()
    sent = {"version": 0, "page": "abcdefghijkl", "place": "Place que je voulais"}
    page = client.post(reverse("applications:edit", args=[application.pk, "public"]), sent, follow=True)
    assert "Place que je voulais" in page.content.decode()
    autosave = client.post(
        reverse("applications:edit", args=[application.pk, "public"]), sent, headers={"X-Autosave": "1"}
    )
    assert (autosave.status_code, "verrouillée" in autosave.json()["message"]) == (409, True)
    application.refresh_from_db()
    assert (application.title, application.need, application.place) == ("Jardins", "Mieux", "Saint-Ambroix")


def test_what_may_be_asked_again_is_what_the_form_asks():
    """The list of a copy and that of a correction name the same questions."""
    whole = ("budget", "signature")
    copied = {(one.part, one.name) for one in rules.QUESTIONS if one.part not in whole}
    assert {(part, name) for part, names in rules.ASKABLE.items() for name in names} == copied
