"""Each step of the form on paper: as it was left, or empty to be filled with a pen."""

import pytest
from django.urls import reverse

from faubourg.applications.states import Part
from tests.factories import complete_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast):
    return complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)


@pytest.fixture
def sheet(client, draft, editor):
    client.force_login(editor)

    def read(part, query=""):
        page = client.get(reverse("applications:print_part", args=[draft.pk, part]) + query)
        return page.content.decode().split("<main")[1]

    return read


@pytest.mark.parametrize(
    ("part", "answers"),
    [
        (Part.STRUCTURE, ["Les Mains vertes"]),
        (Part.PROJECT, ["Besoin", "☒", "Participants"]),
        (Part.AUDIENCE, ["Familles", "60", "CAF : refus"]),
        (Part.SCHEDULE, ["De mars à décembre", "Deux bénévoles"]),
        (Part.BUDGET, ["60 Achats", "64", "6\u00a0000", "État (P147)"]),
        (Part.PAPERS, ["Cet appel ne demande aucune pièce"]),
        (Part.SIGNATURE, ["☒"]),
    ],
)
def test_each_step_prints_alone_with_what_was_answered(sheet, part, answers):
    page = sheet(part)

    assert [answer for answer in answers if answer not in page] == []
    assert "<input" not in page.replace('<input type="hidden"', "")


@pytest.mark.parametrize("part", [Part.PROJECT, Part.AUDIENCE, Part.SCHEDULE, Part.BUDGET, Part.SIGNATURE])
def test_an_empty_sheet_shows_the_questions_and_no_answer(sheet, part):
    page = sheet(part, "?vide=1")

    for answer in ("☒", "De mars à décembre", "CAF : refus", "6\u00a0000"):
        assert answer not in page
    assert "☐" in page or "printed-line" in page


def test_the_empty_sheet_helps_whoever_fills_it_and_the_filled_one_is_short(sheet):
    assert "Exemple : " in sheet(Part.PROJECT, "?vide=1")
    assert "Exemple : " not in sheet(Part.PROJECT)


def test_the_form_leads_to_the_two_sheets_of_its_step(client, draft, editor):
    client.force_login(editor)
    page = client.get(reverse("applications:edit", args=[draft.pk, "projet"])).content.decode()
    address = reverse("applications:print_part", args=[draft.pk, "projet"])

    assert f'href="{address}"' in page
    assert f'href="{address}?vide=1"' in page


def test_nobody_prints_the_draft_of_another_nor_a_step_that_does_not_exist(client, draft, officer, editor):
    client.force_login(officer)
    assert client.get(reverse("applications:print_part", args=[draft.pk, "projet"])).status_code == 404
    client.force_login(editor)
    assert client.get(reverse("applications:print_part", args=[draft.pk, "rien"])).status_code == 404
