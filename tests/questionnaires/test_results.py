"""Results: counted in advance, crossed, small numbers hidden, exported (CON-8)."""

import csv
import random
from fractions import Fraction
from io import BytesIO, StringIO
from xml.etree import ElementTree

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from faubourg.consultation.models import Contribution
from faubourg.questionnaires import actions, queries
from faubourg.questionnaires.jobs import count_answers
from faubourg.questionnaires.models import Response
from faubourg.questionnaires.rules.disclosure import hide_cells, hide_list, hide_table
from tests.conftest import NOW
from tests.factories import FormFactory, ParameterFactory, ResponseFactory


@pytest.fixture
def form(cast):
    return FormFactory(questionnaire__contract=cast.contract)


def computable(shown):
    """The hidden cells that linear algebra gives back from the shown ones, rows and columns adding up."""
    rows, columns = len(shown), len(shown[0])
    hidden = [(r, c) for r in range(rows) for c in range(columns) if shown[r][c] is None]
    lines = [[(r, c) for c in range(columns)] for r in range(rows)]
    lines += [[(r, c) for r in range(rows)] for c in range(columns)]
    matrix = [
        [Fraction(0 if cell not in line else -1 if cell == line[-1] else 1) for cell in hidden]
        for line in lines
    ]
    pivots = reduced(matrix)
    return [hidden[pivot] for row, pivot in pivots if sum(value != 0 for value in matrix[row]) == 1]


def reduced(matrix):
    pivots, row = [], 0
    for column in range(len(matrix[0]) if matrix else 0):
        found = next((r for r in range(row, len(matrix)) if matrix[r][column]), None)
        if found is None:
            continue
        matrix[row], matrix[found] = matrix[found], matrix[row]
        matrix[row] = [value / matrix[row][column] for value in matrix[row]]
        for other in range(len(matrix)):
            if other != row and matrix[other][column]:
                factor = matrix[other][column]
                matrix[other] = [a - factor * b for a, b in zip(matrix[other], matrix[row], strict=True)]
        pivots.append((row, column))
        row += 1
    return pivots


@settings(max_examples=150)
@given(st.integers(1, 5), st.integers(2, 5), st.integers(0, 10_000))
def test_no_hidden_cell_is_given_back_by_the_totals_con_8(rows, columns, seed):
    draw = random.Random(seed)
    counts = [[draw.choice([0, 1, 3, 5, 8, 40]) for _ in range(columns)] for _ in range(rows)]
    shown = hide_cells(counts, 5)

    assert computable(shown) == []
    small = {(r, c) for r in range(rows) for c in range(columns) if counts[r][c] < 5}
    assert all(shown[r][c] is None for r, c in small)


def test_an_answer_that_few_gave_is_hidden_whole_with_another_one():
    shown = hide_table([[10, 20, 1], [30, 40, 1], [12, 15, 2]], 5)
    assert {row[2] for row in shown} == {None}


def test_large_numbers_are_all_shown():
    assert hide_table([[10, 20], [30, 40]], 5) == [[10, 20, 30], [30, 40, 70], [40, 60, 100]]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [([5, 9], [5, 9]), ([4, 9, 6], [None, 9, None]), ([1, 2, 9], [None, None, 9])],
)
def test_a_small_answer_is_never_hidden_alone(counts, shown):
    assert hide_list(counts, 5) == shown


@pytest.mark.django_db
def test_results_add_what_is_counted_and_what_came_since(form):
    for _ in range(6):
        ResponseFactory(form=form)
    count_answers(NOW)
    for _ in range(7):
        ResponseFactory(form=form, content={"q1": "no"})
    total, found = queries.results_of(form.questionnaire, 5)

    assert total == 13
    assert [(bar.label, bar.count) for bar in found[0].bars] == [("Oui", 6), ("Non", 7)]
    assert count_answers(NOW) == 7
    assert queries.results_of(form.questionnaire, 5)[0] == 13
    assert count_answers(NOW) == 0


@pytest.mark.django_db
def test_an_answer_set_aside_leaves_the_results_counted_or_not(form, officer):
    kept = [ResponseFactory(form=form) for _ in range(6)]
    count_answers(NOW)
    late = ResponseFactory(form=form)
    for one in (kept[0], late):
        actions.exclude(one, actor=officer, reason="Double", now=NOW)
    assert queries.results_of(form.questionnaire, 1)[0] == 5
    count_answers(NOW)
    assert queries.results_of(form.questionnaire, 1)[0] == 5


@pytest.mark.django_db
def test_answers_to_every_version_are_added(form, officer):
    ResponseFactory(form=form, content={"q1": "yes"})
    second = FormFactory(questionnaire=form.questionnaire, number=2)
    ResponseFactory(form=second, content={"q1": "yes"})
    total, found = queries.results_of(form.questionnaire, 1)
    assert (total, found[0].answered) == (2, 2)


@pytest.mark.django_db
def test_the_threshold_is_that_of_the_contract_con_8(client, cast, officer, form):
    for _ in range(6):
        ResponseFactory(form=form)
    ParameterFactory(contract=cast.contract, code="questionnaires.small_cell", value=10)
    client.force_login(officer)
    page = client.get(reverse("questionnaires:results", args=[form.questionnaire.pk])).content.decode()
    assert "plus petit que 10 est caché" in page
    assert '<td class="num">caché</td>' in page


@pytest.mark.django_db
def test_two_questions_are_crossed_several_answers_included(client, officer, form):
    for _ in range(5):
        ResponseFactory(form=form, content={"q1": "yes", "q3": ["trees", "bench", "light"]})
        ResponseFactory(form=form, content={"q1": "no", "q3": ["bench"]})
        ResponseFactory(form=form, content={"q1": "no", "q3": ["trees", "light"]})
        ResponseFactory(form=form, content={"q1": "no"})
    asked = queries.questions_to_cross(form.questionnaire)
    table = queries.crossing_of(form.questionnaire, asked["q1"], asked["q3"], 5)
    assert [row[:2] for row in table[:2]] == [[5, 5], [5, 5]]
    client.force_login(officer)
    address = reverse("questionnaires:cross", args=[form.questionnaire.pk])
    assert client.get(address, {"ligne": "q1", "colonne": "q3"}).status_code == 200


@pytest.mark.django_db
def test_written_answers_become_words_once_each_con_7(client, officer, form):
    for words in ("Des bancs", "Appelez Mme Durand au 06 12 34 56 78"):
        ResponseFactory(form=form, content={"q1": "no", "q4": words})
    client.force_login(officer)
    page = client.get(reverse("questionnaires:open_answers", args=[form.questionnaire.pk, "q4"]))
    assert "À relire" in page.content.decode()
    for _ in range(2):
        client.post(reverse("questionnaires:pass_on", args=[form.questionnaire.pk, "q4"]))

    assert sorted(Contribution.objects.values_list("text", flat=True)) == [
        "Appelez Mme Durand au 06 12 34 56 78",
        "Des bancs",
    ]
    assert not Contribution.objects.filter(reviewed_on__isnull=False).exists()


@pytest.mark.django_db
def test_a_reader_sees_the_results_and_not_the_words(client, reader, form):
    ResponseFactory(form=form)
    client.force_login(reader)
    results = client.get(reverse("questionnaires:results", args=[form.questionnaire.pk]))
    words = client.get(reverse("questionnaires:open_answers", args=[form.questionnaire.pk, "q4"]))
    assert (results.status_code, words.status_code) == (200, 403)


@pytest.mark.django_db
def test_exports_are_read_back_and_no_cell_is_a_formula(client, officer, form):
    ResponseFactory(form=form, content={"q1": "yes", "q2": 3, "q4": "=2+2"})
    client.force_login(officer)

    def get(which):
        return client.get(reverse("questionnaires:download", args=[form.questionnaire.pk, which])).content

    rows = list(csv.reader(StringIO(get("csv").decode("utf-8-sig")), delimiter=";"))
    assert rows[1][4:] == ["Oui", "3", "", "'=2+2"]
    sheet = openpyxl.load_workbook(BytesIO(get("xlsx")))["Réponses"]
    assert [cell.value for cell in sheet[2]][4:] == ["Oui", 3, None, "'=2+2"]
    book = ElementTree.fromstring(get("qdc"))
    names = [code.get("name") for code in book.iter("{urn:QDA-XML:codebook:1.0}Code")]
    assert names[:3] == ["Venez-vous au marché ?", "Oui", "Non"]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_results_cost_the_same_however_many_answers(
    client, officer, form, django_assert_max_num_queries, count
):
    for _ in range(count):
        ResponseFactory(form=form)
    client.force_login(officer)
    pk = form.questionnaire.pk
    for address in (
        reverse("questionnaires:results", args=[pk]),
        reverse("questionnaires:cross", args=[pk]) + "?ligne=q1&colonne=q3",
        reverse("questionnaires:open_answers", args=[pk, "q4"]),
    ):
        with django_assert_max_num_queries(9):
            assert client.get(address).status_code == 200
    assert Response.objects.count() == count
