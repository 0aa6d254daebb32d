"""The pages that `make bench` times: they answer, in few queries, however many rows there are."""

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from bench import cast as people
from bench import points
from bench import settings as bench_settings
from bench.answers import grow_answers
from bench.cast import assemble
from bench.dossiers import complete_drafts, grow_campaign, grow_tables
from bench.floor import QUERIES, ROWS
from bench.pages import FLOOR, PAGES
from bench.reading import read
from bench.table import QUERIES as MOST_QUERIES
from faubourg.applications.models import (
    Application,
    ApplicationTerritory,
    BudgetLine,
    FundingRequest,
    ProjectIndicator,
)
from faubourg.applications.queries import blocking_problems
from faubourg.appraisal.models import Opinion, TabledApplication
from faubourg.awards.models import FundingDecision
from faubourg.calls.models import Envelope
from faubourg.contracts.models import Contract, Objective
from faubourg.territories.rules.answers import IN, TO_CHECK
from faubourg.territories.rules.locating import Locator

FEW, MANY = 10, 200
BENCHED = [FLOOR, *PAGES]
SETTINGS = {"ROOT_URLCONF": bench_settings.ROOT_URLCONF, "MIDDLEWARE": bench_settings.MIDDLEWARE}


@pytest.fixture
def bench_cast(db, settings):
    for name, value in SETTINGS.items():
        setattr(settings, name, value)
    cast = assemble(timezone.now())
    complete_drafts(cast, 1)
    fill(cast, FEW)
    return cast


@pytest.fixture(scope="module")
def readings(django_db_setup, django_db_blocker):
    """{page: (read with few rows, read with many)}, filled once for every page, then undone."""
    with django_db_blocker.unblock(), override_settings(**SETTINGS), transaction.atomic():
        cast = assemble(timezone.now())
        complete_drafts(cast, 1)
        fill(cast, FEW)
        few = {page: attempt(page, cast) for page in BENCHED}
        fill(cast, MANY)
        yield {page: (few[page], attempt(page, cast)) for page in BENCHED}
        transaction.set_rollback(True)


def fill(cast, rows):
    grow_tables(cast, rows)
    grow_campaign(cast, rows)
    grow_answers(cast, rows)


def attempt(page, cast):
    """The reading of a page, or what it raised: one broken page does not hide the others."""
    try:
        with transaction.atomic():
            return read(page, cast)
    except Exception as problem:
        return problem


@pytest.mark.parametrize("page", BENCHED, ids=lambda page: page.key)
def test_a_benched_page_asks_as_few_queries_for_many_rows_as_for_few(readings, page):
    few, many = readings[page]
    assert few, f"{page.label} : aucune page à cette adresse"
    for reading in (few, many):
        if isinstance(reading, Exception):
            raise reading
        assert reading.status == 200
    assert many.queries == few.queries, first_words(many)
    assert many.queries <= MOST_QUERIES, first_words(many)


def first_words(reading):
    return "\n".join(statement[:120] for statement in reading.statements)


def test_the_floor_is_24_kilobytes_45_rows_and_5_queries(bench_cast):
    fill(bench_cast, 20)
    floor = read(FLOOR, bench_cast)
    assert floor.queries == QUERIES
    assert floor.body.count(b'<th scope="row">') == ROWS
    assert 23_000 < floor.length < 25_000


def test_the_fill_writes_what_it_says(bench_cast):
    fill(bench_cast, 30)
    assert Contract.objects.count() == 1
    assert Objective.objects.count() == people.OBJECTIVES
    for call in (bench_cast.campaign, bench_cast.programme, bench_cast.committee):
        assert Application.objects.filter(call=call).filed().count() == 30
        assert Envelope.objects.filter(call=call).count() == people.ENVELOPES
    assert TabledApplication.objects.filter(item__meeting=bench_cast.meeting).count() == 30
    programme = FundingRequest.objects.filter(application__call=bench_cast.programme)
    assert programme.count() == 30 * people.ENVELOPES
    decided = FundingDecision.objects.filter(funding_request__in=programme).count()
    assert decided == 24 * people.ENVELOPES  # one dossier in five still waits for its funders


@pytest.mark.parametrize(
    ("model", "each"),
    [(BudgetLine, 4), (ApplicationTerritory, 2), (ProjectIndicator, 2)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_every_dossier_carries_what_a_real_one_does(bench_cast, model, each):
    dossiers = Application.objects.filed()
    assert all(model.objects.filter(application=dossier).count() == each for dossier in dossiers)
    assert set(Opinion.objects.values_list("application", flat=True)) == set(
        dossiers.values_list("pk", flat=True)
    )


def test_the_draft_of_the_form_could_be_filed_as_it_is(bench_cast):
    draft = Application.objects.get(call=bench_cast.campaign, submitted_at=None)
    assert blocking_problems(draft) == []


def test_points_of_the_bench_are_in_near_and_out_of_its_outlines():
    """What is timed is what people ask: every verdict but « indéterminé » takes part."""
    shapes = points.outlines()[:200]
    where = points.points(shapes, 2_000)
    answers = Locator(shapes).locate(where[:, 0], where[:, 1])
    assert len({shape.code for shape in shapes}) == 200
    assert all(shape.polygon.is_valid for shape in shapes)
    assert {int(one) for one in answers.verdict} >= {IN, TO_CHECK}
