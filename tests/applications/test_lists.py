"""Lists: what one sees, filters, search without accents, constant cost, page 400."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from faubourg.applications import actions, queries
from faubourg.applications.models import Application
from faubourg.appraisal.queries import Filters as Waiting
from faubourg.appraisal.queries import worklist
from faubourg.contracts.queries import standing
from tests.conftest import NOW, TODAY
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    FundingRequestFactory,
    NeighbourhoodFactory,
    ObjectiveFactory,
)


def file(cast, title, number="2027-001", **fields):
    return ApplicationFactory(call=cast.call, title=title, filed=True, number=number, **fields)


@pytest.fixture
def listed(client, officer):
    client.force_login(officer)

    def titles(**asked):
        page = client.get(reverse("applications:index"), asked).context["page"]
        return [row.application.title for row in page.object_list]

    return titles


@pytest.mark.parametrize(
    "typed", ["ecusson", "L'ÉCUSSON", "jardins écusson", "2027-014", "mains VERTES", "  "]
)
def test_search_reads_title_number_and_applicant_without_accents(cast, listed, typed):
    file(cast, "Jardins de l'Écusson", "2027-014", applicant=cast.applicant)

    assert listed(q=typed) == ["Jardins de l'Écusson"]


def test_a_structure_that_is_renamed_is_found_under_its_name_of_today(cast, listed, officer):
    file(cast, "Jardins", applicant=cast.applicant)
    cast.applicant.name, cast.applicant.short_name = "L'Été à Bessèges", "EAB"
    cast.applicant.save()

    assert listed(q="mains vertes") == []
    assert listed(q="jardins ete beSSEGES") == listed(q="eab") == ["Jardins"]
    found = worklist(standing(officer, TODAY), Waiting(words="ete à besseges"), None)
    assert [one.application.title for one in found] == ["Jardins"]


@pytest.mark.parametrize("typed", ["ecusson vélo", "2027-015", "%", "_"])
def test_search_finds_nothing_where_there_is_nothing(cast, listed, typed):
    file(cast, "Jardins de l'Écusson", "2027-014")

    assert listed(q=typed) == ([] if typed not in "%_" else ["Jardins de l'Écusson"])


def test_filters_narrow_the_list(cast, listed):
    one, two = file(cast, "Un", "2027-001", state="admissible"), file(cast, "Deux", "2027-002")
    place, objective = NeighbourhoodFactory(), ObjectiveFactory(contract=cast.contract)
    cast.call.neighbourhoods.add(place)
    cast.call.objectives.add(objective)
    one.territories.create(neighbourhood=place, residents_count=1)
    two.objectives.add(objective)
    FundingRequestFactory(application=two, envelope=cast.county_envelope)

    assert set(listed()) == {"Un", "Deux"}
    assert listed(etat="admissible") == ["Un"]
    assert listed(quartier=place.pk) == ["Un"]
    assert listed(objectif=objective.pk) == ["Deux"]
    assert listed(financeur=cast.county.pk) == ["Deux"]
    assert listed(financeur="n'importe quoi", etat="nimporte") != []


def test_the_list_sorts(cast, listed):
    file(cast, "B", "2027-001", submitted_at=NOW)
    file(cast, "A", "2027-002", submitted_at=NOW + timedelta(hours=1))
    file(cast, "C", "2027-003", submitted_at=NOW + timedelta(hours=2))

    assert listed() == ["C", "A", "B"]
    assert listed(tri="anciens") == ["B", "A", "C"]
    assert listed(tri="intitule") == ["A", "B", "C"]


def test_drafts_and_other_contracts_are_not_listed(cast, listed):
    ApplicationFactory(call=cast.call, title="Brouillon")
    ApplicationFactory(title="Ailleurs", filed=True)
    ApplicationFactory(call=cast.call, title="Retiré avant dépôt", state="withdrawn")

    assert listed() == []


def test_another_campaign_is_chosen_in_the_address(cast, listed):
    old = CallFactory(contract=cast.contract, year=2026, title="Appel 2026")
    ApplicationFactory(call=old, title="Ancien", filed=True)
    foreign = CallFactory()
    ApplicationFactory(call=foreign, title="Ailleurs", filed=True)

    assert listed(appel=old.pk) == ["Ancien"]
    assert listed(appel=foreign.pk) == []


@pytest.mark.parametrize("role", ["officer", "signatory"])
def test_the_list_costs_the_same_however_long_it_is(
    client, request, cast, role, django_assert_max_num_queries
):
    client.force_login(request.getfixturevalue(role))
    counts = []
    for number in (1, 2, 3):
        dossier = file(cast, f"Un {number}", f"2027-00{number}", applicant=cast.applicant)
        dossier.territories.create(neighbourhood=cast.qpv, residents_count=1)
        FundingRequestFactory(application=dossier, envelope=cast.state_envelope)
        with django_assert_max_num_queries(14) as asked:
            client.get(reverse("applications:index"))
        counts.append(len(asked))

    assert len(set(counts)) == 1


def test_a_page_holds_fifty_and_the_amount_asked(cast, officer):
    for number in range(51):
        dossier = file(cast, f"Action {number:02d}", f"2027-{number:03d}")
    FundingRequestFactory(application=dossier, envelope=cast.state_envelope, requested_amount=Decimal(700))
    FundingRequestFactory(
        application=dossier, envelope=cast.county_envelope, requested_amount=Decimal("0.50")
    )
    held = standing(officer, TODAY)

    first = queries.filed_page(held, cast.call, queries.Filters(), 1)
    last = queries.filed_page(held, cast.call, queries.Filters(), 2)

    assert (len(first.object_list), len(last.object_list)) == (50, 1)
    assert first.object_list[0].application.requested_total == Decimal("700.50")


def test_the_page_is_read_from_narrow_indexes(cast, officer, django_assert_max_num_queries):
    """Page 400 must not read 20 000 long texts: ids first, from an index alone, then fifty rows."""
    file(cast, "Un")
    held = standing(officer, TODAY)
    with django_assert_max_num_queries(4) as asked:
        queries.filed_page(held, cast.call, queries.Filters(), 1)

    count, ids = asked.captured_queries[-4]["sql"], asked.captured_queries[-3]["sql"]
    assert "description" not in count + ids
    assert "JOIN" not in count + ids


def test_someone_who_does_not_sit_on_the_contract_reads_nothing(cast, stranger):
    file(cast, "Un")

    assert not queries.filed_page(standing(stranger, TODAY), cast.call, queries.Filters(), 1).object_list


def test_one_s_own_list_says_what_to_do(client, cast, signatory):
    ApplicationFactory(applicant=cast.applicant, call=cast.call, state="incomplete", submitted_at=NOW)
    client.force_login(signatory)

    assert "Le GIP demande un complément" in client.get(reverse("applications:index")).content.decode()


def test_prg_5_a_near_title_warns_and_does_not_block(client, cast, signatory):
    ApplicationFactory(applicant=cast.applicant, call=cast.call, title="Jardins partagés")
    twin = ApplicationFactory(applicant=cast.applicant, call=cast.call, title="Jardins partages 2027")
    ApplicationFactory(applicant=cast.applicant, call=cast.call, title="Jardins partagés", state="withdrawn")
    ApplicationFactory(call=cast.call, title="Jardins partagés")
    client.force_login(signatory)

    assert len(queries.duplicates_of(twin)) == 1
    page = client.get(reverse("applications:edit", args=[twin.pk, "projet"])).content.decode()
    assert "Un dossier ressemble à celui-ci" in page


def test_the_whole_dossier_costs_the_same_however_long(cast, officer, django_assert_num_queries):
    dossier = file(cast, "Un")
    held = standing(officer, TODAY)
    with django_assert_num_queries(9):
        detail = queries.application_detail(held, dossier.pk)
    assert detail.budget.expenses == 0
    for number in range(3):
        dossier.budget_lines.create(side="expense", account="60", amount=number)
        dossier.indicators.create(label="x", target="y")
        FundingRequestFactory(application=dossier)
    with django_assert_num_queries(9):
        assert queries.application_detail(held, dossier.pk).budget.expenses == 3
    assert Application.objects.filed().count() == 1


# The long texts ---------------------------------------------------------------------------------------


@pytest.fixture
def written(cast, editor):
    """A dossier whose project was written in the form, then filed."""
    dossier = ApplicationFactory(call=cast.call, applicant=cast.applicant, title="Jardins")
    texts = {"description": "Des ateliers d'Œuvres théâtrales, à l'épicerie", "need": "Isolement"}
    actions.save_part(dossier, "projet", texts, actor=editor, now=NOW)
    Application.objects.filter(pk=dossier.pk).update(
        state="submitted", submitted_at=NOW, number="2027-001", search_text="2027 001 jardins"
    )
    return dossier


@pytest.mark.parametrize(
    "typed", ["epicerie", "l'ÉPICERIE", "theatra", "oeuvres jardins", "isolement 2027-001"]
)
def test_a_dossier_is_found_by_what_its_project_says(listed, written, typed):
    assert listed(q=typed) == ["Jardins"]


@pytest.mark.parametrize("typed", ["atrales", "epicerie vélo", "épiceries", "epicerie OR velo", "12"])
def test_what_no_text_says_finds_nothing(listed, written, typed):
    assert listed(q=typed) == []


@pytest.mark.parametrize("typed", ['"', "& |", "epicerie*", "!(epicerie", "-epicerie"])
def test_no_sign_typed_is_an_order_to_the_database(listed, written, typed):
    assert listed(q=typed) == ["Jardins"]


def test_a_text_written_again_is_found_by_its_words_of_today(cast, listed, written, editor):
    Application.objects.filter(pk=written.pk).update(state="incomplete")
    actions.save_part(written, "projet", {"description": "Un verger"}, actor=editor, now=NOW)

    assert listed(q="epicerie") == []
    assert listed(q="verger isolement") == ["Jardins"]


def test_nobody_finds_a_draft_or_the_dossier_of_another_contract_by_its_texts(
    client, listed, written, officer
):
    Application.objects.filter(pk=written.pk).update(state="draft", submitted_at=None, number="")
    assert listed(q="epicerie") == []

    Application.objects.filter(pk=written.pk).update(
        state="submitted", submitted_at=NOW, number="2027-001", call=CallFactory(state="open")
    )
    assert listed(q="epicerie") == []


def test_a_dossier_begun_from_another_is_found_by_the_texts_taken_over(cast, written, editor):
    call = CallFactory(contract=cast.contract, state="open", opens_on=TODAY, closes_on=TODAY, year=2028)
    copy = actions.duplicate(written, call, actor=editor, title="Encore", parts=["projet"], now=NOW)
    assert list(queries.matching(Application.objects.all(), "epicerie isolement")) == [copy, written]
