"""Questions and answers come from files and go to files, whole or not at all (CON-2)."""

import re
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate
from pyxform.xls2xform import convert

from faubourg.questionnaires import actions
from faubourg.questionnaires.exports import xlsform
from faubourg.questionnaires.forms import packed
from faubourg.questionnaires.imports import read_answers, read_xlsform
from faubourg.questionnaires.models import Form, Response
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import FormFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(cast):
    return FormFactory(questionnaire__contract=cast.contract)


def book(survey, choices=()):
    made = openpyxl.Workbook()
    made.active.title = "survey"
    for row in survey:
        made.active.append(row)
    page = made.create_sheet("choices")
    for row in choices or [["list_name", "name", "label"], ["l", "a", "A"], ["l", "b", "B"]]:
        page.append(row)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def sent(client, form, what, content, name):
    address = reverse(f"questionnaires:{what}", args=[form.questionnaire.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_what_we_write_pyxform_converts_and_we_read_back_the_same(form, tmp_path):
    made = xlsform(form, ["fr", "en"], NOW)
    path = tmp_path / "form.xlsx"
    path.write_bytes(made)
    xform = convert(xlsform=path, validate=False).xform

    assert "Do you go to the market?" in xform
    assert "/p1/q1" in xform
    assert read_xlsform(made).model_dump() == form.asked.model_dump()


def test_a_workbook_of_somebody_else_replaces_the_questions(client, officer, form):
    survey = [
        ["type", "name", "label", "label::English (en)", "required", "relevant", "appearance"],
        ["begin group", "g", "Partie", "", "", "", ""],
        ["select_one l", "a1", "Choisir", "Choose", "yes", "", ""],
        ["date", "a2", "Depuis quand", "", "", "selected(${a1}, 'a')", "year"],
        ["end group"],
    ]
    client.force_login(officer)
    sent(client, form, "import_xlsform", book(survey), "form.xlsx")
    asked = Form.objects.get().asked.asked()

    assert [(one.name, one.kind.value, one.required) for one in asked.values()] == [
        ("a1", "select_one", True), ("a2", "year", False),
    ]  # fmt: skip
    assert asked["a1"].labels == {"fr": "Choisir", "en": "Choose"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["geopoint", "a", "Où", "", ""], "cellule A2 : « geopoint »"),
        (["select_one autre", "a", "Q", "", ""], "cellule A2 : la liste « autre »"),
        (["text", "a", "Q", "${b} = 'x' or ${c} = 'y'", ""], "cellule D2 : la condition"),
        (["integer", "a", "Q", "", ". > 3"], "cellule E2 : la colonne « constraint »"),
    ],
)
def test_what_is_not_read_is_refused_with_its_cell_and_nothing_changes(client, officer, form, row, said):
    client.force_login(officer)
    survey = [["type", "name", "label", "relevant", "constraint"], row]
    page = sent(client, form, "import_xlsform", book(survey), "form.xlsx")

    assert said in page.content.decode()
    assert Form.objects.get().asked.asked().keys() == {"q1", "q2", "q3", "q4"}


def test_a_sensitive_question_of_a_workbook_is_refused_too_con_7(client, officer, form):
    client.force_login(officer)
    survey = [["type", "name", "label"], ["text", "a", "Votre religion ?"]]
    page = sent(client, form, "import_xlsform", book(survey), "form.xlsx")
    assert "touche à la religion" in page.content.decode()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rien", b"%PDF-1.4"])
def test_a_file_that_is_no_workbook_is_refused_in_words(content):
    with pytest.raises(Refusal, match="classeur lisible"):
        read_xlsform(content)


def confirmed(client, form, page):
    """Press the button of the preview."""
    kept = re.search(r'name="kept" value="([^"]+)"', page.content.decode())[1]
    address = reverse("questionnaires:import_answers", args=[form.questionnaire.pk])
    return client.post(address, {"kept": kept}, follow=True)


def test_five_thousand_answers_imported_twice_enter_once(client, officer, form):
    lines = ["q1;Combien de fois par mois ?;q3;q4"]
    lines += [f"Oui;{number % 30};Des bancs, Des arbres;Ligne {number % 4000}" for number in range(5_000)]
    content = "\r\n".join(lines).encode("cp1252")
    client.force_login(officer)
    address = reverse("questionnaires:import_answers", args=[form.questionnaire.pk])
    page = client.post(address, {"kept": packed(content)}, follow=True).content.decode()
    tomorrow = read_answers(content, form.asked, localdate() + timedelta(days=1)).answers

    assert "5000 réponses ajoutées" in page
    assert actions.import_answers(form.questionnaire, actor=officer, rows=tomorrow, now=NOW) == 0
    assert Response.objects.count() == 5_000
    assert Response.objects.first().content["q3"] == ["trees", "bench"]


def test_what_is_new_is_told_apart_from_what_is_there(client, officer, form):
    client.force_login(officer)
    confirmed(client, form, sent(client, form, "import_answers", b"q1;q2\nOui;3\n", "a.csv"))
    page = sent(client, form, "import_answers", b"q1;q2\nOui;3\nOui;4\n", "a.csv").content.decode()
    assert "<dt>Nouvelles</dt><dd>1</dd>" in page
    assert "laissées telles quelles</dt><dd>1</dd>" in page


def test_cells_that_cannot_be_read_are_shown_where_they_are_and_nothing_is_taken(client, officer, form):
    content = "Venez-vous au marché ?;q2;jour\nOui;3;12/11/2026\nPeut-être;3;\nOui;douze;hier\n".encode()
    client.force_login(officer)
    page = sent(client, form, "import_answers", content, "reponses.csv").content.decode()

    told = re.findall(r'<th scope="row" class="num">(\d)</th><td>(.*?)</td>', page)
    assert told == [("3", "Venez-vous au marché ?"), ("4", "q2"), ("4", "jour")]
    assert "<dt>Nouvelles</dt><dd>1</dd>" in page
    assert 'name="kept"' not in page
    client.post(
        reverse("questionnaires:import_answers", args=[form.questionnaire.pk]), {"kept": packed(content)}
    )
    assert Response.objects.count() == 0


@pytest.mark.parametrize("kept", ["", "pas du base64 !", "AAAA"])
def test_a_preview_that_somebody_has_changed_asks_for_the_file_again(client, officer, form, kept):
    client.force_login(officer)
    address = reverse("questionnaires:import_answers", args=[form.questionnaire.pk])
    assert "Choisissez un fichier" in client.post(address, {"kept": kept}).content.decode()


def test_a_column_that_is_no_question_is_refused(form):
    with pytest.raises(Refusal, match="« Nom » n'est pas une question"):
        read_answers(b"Nom;q1\nDurand;Oui\n", form.asked, date(2026, 12, 1))


def test_a_day_is_kept_and_a_workbook_is_read(form):
    made = openpyxl.Workbook()
    made.active.append(["Jour", "1. Venez-vous au marché ?", "q2"])
    made.active.append([date(2026, 11, 12), "Oui", 4])
    out = BytesIO()
    made.save(out)
    ((_, day, content),) = read_answers(out.getvalue(), form.asked, date(2026, 12, 1)).answers
    assert (day, content) == (date(2026, 11, 12), {"q1": "yes", "q2": 4})
