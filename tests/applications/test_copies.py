"""Begin from last year's dossier: what is taken over, what is read again, what is never copied."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from faubourg.applications import actions, queries, rules
from faubourg.applications.actions.parts import COLUMNS, RELATIONS
from faubourg.applications.models import Application
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    EnvelopeFactory,
    FundingRequestFactory,
    NeighbourhoodFactory,
    ObjectiveFactory,
    complete_application,
)

PARTS = [part.value for part in rules.COPIED_PARTS]


@pytest.fixture
def source(cast):
    """Last year's: filed, asked to the State and to the county, a Monday garden."""
    dossier = complete_application(
        applicant=cast.applicant,
        call=CallFactory(contract=cast.contract, year=2026, title="Appel 2026", objectives=[cast.objective],
                         neighbourhoods=[cast.qpv]),
        title="Jardins du lundi", state="notified", number="2026-014", submitted_at=NOW, is_multi_year=True,
        republican_pledge_signed_on=date(2026, 1, 12),
    )  # fmt: skip
    then = dossier.funding_requests.get().envelope
    then.funder, then.line = cast.state, "p147"
    then.save()
    county = EnvelopeFactory(call=dossier.call, funder=cast.county, line="mainstream")
    FundingRequestFactory(application=dossier, envelope=county, requested_amount=Decimal(700))
    return dossier


@pytest.fixture
def duplicate(cast, source, editor):
    def act(parts=PARTS, call=cast.call, actor=editor, title="Jardins du mardi"):
        return actions.duplicate(source, call, actor=actor, title=title, parts=parts, now=NOW)

    return act


def sentences(dossier):
    return [found.sentence for found in queries.blocking_problems(Application.objects.get(pk=dossier.pk))]


def test_every_question_of_the_form_says_how_it_passes_from_one_year_to_the_next():
    written = {name for names in COLUMNS.values() for name in names} | RELATIONS.keys()

    assert {one.name for one in rules.QUESTIONS} == written


def test_a_member_begins_from_last_year_s_dossier(cast, source, duplicate):
    copy = Application.objects.get(pk=duplicate().pk)

    assert (copy.state, copy.number, copy.title, copy.copied_from) == (
        "draft",
        "",
        "Jardins du mardi",
        source,
    )
    assert (copy.need, copy.audience, copy.participants_count, copy.staff) == (
        "Besoin", "Familles", 60, "Deux bénévoles",
    )  # fmt: skip
    assert copy.recurrence == "renewal"
    assert [one.label for one in copy.indicators.all()] == ["Participants", "Ateliers"]
    assert copy.territories.get().residents_count == 45
    assert queries.budget(copy).expenses == 6_000
    entry = Entry.objects.get(verb="applications.duplicate")
    assert entry.changes["copied_from"] == ["", "2026-014 Jardins du lundi"]


def test_declarations_on_honour_dates_and_papers_are_never_copied(duplicate):
    copy = duplicate()

    assert not any([copy.republican_pledge, copy.is_up_to_date, copy.is_accurate, copy.is_multi_year])
    assert (copy.republican_pledge_signed_on, copy.starts_on, copy.ends_on) == (None, None, None)
    assert copy.mainstream_sought == ""
    assert copy.papers.count() == 0


def test_what_is_asked_goes_to_the_same_funder_and_line_and_the_rest_is_dropped_and_said(
    cast, source, duplicate
):
    copy = duplicate()

    asked = {one.envelope_id: one.requested_amount for one in copy.funding_requests.all()}
    assert asked == {cast.state_envelope.pk: Decimal(5_000)}
    (said,) = queries.left_out(source, copy.call)
    assert "Département du Gard" in said
    assert "700" in said


def test_a_closed_objective_and_a_closed_neighbourhood_are_left_out_and_said(cast, source, duplicate):
    closed = ObjectiveFactory(contract=cast.contract)
    elsewhere = NeighbourhoodFactory(name="Les Brousses")
    source.objectives.add(closed)
    source.territories.create(neighbourhood=elsewhere, residents_count=3)

    copy = duplicate()

    assert list(copy.objectives.all()) == [cast.objective]
    assert [one.neighbourhood for one in copy.territories.all()] == [cast.qpv]
    said = " ".join(queries.left_out(source, copy.call))
    assert str(closed) in said
    assert "Les Brousses" in said


def test_only_the_parts_one_chose_are_taken_over(duplicate):
    copy = duplicate(parts=["budget"])

    assert (copy.need, copy.audience, copy.indicators.count()) == ("", "", 0)
    assert copy.budget_lines.count() == 3
    assert copy.to_confirm == {"budget": ["lines", "asked"]}


def test_numbers_taken_over_are_read_again_before_filing(duplicate, editor):
    copy = duplicate()
    told = [sentence for sentence in sentences(copy) if sentence.startswith("Relisez")]
    assert len(told) == 4
    assert "participants, habitants visés" in told[1]

    actions.save_part(copy, "public", {}, actor=editor, now=NOW, is_autosave=True)
    assert len([one for one in sentences(copy) if one.startswith("Relisez")]) == 4
    actions.save_part(copy, "public", {}, actor=editor, now=NOW)
    assert len([one for one in sentences(copy) if one.startswith("Relisez")]) == 3


def test_clicking_twice_begins_one_draft(duplicate):
    first, second = duplicate(), duplicate()

    assert first == second
    assert Entry.objects.filter(verb="applications.duplicate").count() == 1


def test_the_database_too_holds_one_copy_a_call(cast, source, duplicate):
    duplicate()
    with pytest.raises(IntegrityError):
        ApplicationFactory(call=cast.call, applicant=cast.applicant, copied_from=source)


def test_a_copy_given_up_may_be_begun_again(duplicate, editor):
    first = duplicate()
    actions.withdraw(first, actor=editor, reason="Erreur de dossier", now=NOW)

    assert duplicate() != first


def test_a_dossier_is_not_taken_over_in_its_own_call(source, duplicate):
    with pytest.raises(Refusal, match="répond déjà"):
        duplicate(call=source.call)


def test_nobody_takes_over_someone_else_s_dossier(duplicate, stranger, officer):
    for someone in (stranger, officer):
        with pytest.raises(PermissionDenied, match="membres de la structure"):
            duplicate(actor=someone)


def test_a_closed_call_takes_nothing_over(cast, duplicate):
    with pytest.raises(PermissionDenied, match="fermé"):
        duplicate(call=CallFactory(contract=cast.contract, title="Fini", closes_on=date(2026, 11, 30)))


# Pages --------------------------------------------------------------------------------------------


@pytest.fixture
def open_today(cast):
    cast.call.opens_on, cast.call.closes_on = date(2020, 1, 1), date(2099, 1, 1)
    cast.call.save()


def test_the_old_dossier_is_offered_in_the_list_and_on_the_start_page_of_a_call(
    client, cast, source, editor, open_today
):
    client.force_login(editor)
    address = reverse("applications:duplicate", args=[source.pk])

    assert address in client.get(reverse("applications:index")).content.decode()
    assert address in client.get(reverse("portal:application", args=[source.pk])).content.decode()
    start = client.get(reverse("applications:start", args=[cast.call.pk])).content.decode()
    assert f"{address}?appel={cast.call.pk}" in start


def test_the_page_begins_the_draft_and_leads_to_it(client, cast, source, editor, open_today):
    client.force_login(editor)
    address = reverse("applications:duplicate", args=[source.pk])
    page = client.get(address, {"appel": cast.call.pk}).content.decode()
    assert "Jardins du lundi" in page
    sent = {"call": cast.call.pk, "title": "Jardins 2027", "parts": PARTS}

    response = client.post(address, sent)
    again = client.post(address, sent)

    copy = Application.objects.get(copied_from=source)
    assert response.url == again.url == reverse("applications:edit", args=[copy.pk, "projet"])
    assert "Ce dossier reprend 2026-014 Jardins du lundi" in client.get(response.url).content.decode()


def test_someone_else_s_dossier_does_not_exist(client, source, stranger):
    client.force_login(stranger)

    assert client.get(reverse("applications:duplicate", args=[source.pk])).status_code == 404
