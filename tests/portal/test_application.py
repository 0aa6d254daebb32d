"""The 360° page: the same dossier, seen by each person as far as it concerns them."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.appraisal.models import FundingProposal, Opinion
from faubourg.awards.models import FundingDecision, ReducedPlan
from faubourg.journal.actions import write
from faubourg.portal.queries.application import journey
from tests.portal.world import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast, localdate())


@pytest.fixture
def application(world):
    """A dossier the committee has seen, proposed 900 € and decided by the State."""
    application, author = world.applications["reviewed"], world.author
    request = application.funding_requests.get()
    FundingProposal.objects.create(application=application, envelope=request.envelope, proposed_amount=900)
    FundingDecision.objects.create(
        funding_request=request, outcome="granted", awarded_amount=4_321, act_kind="award_order",
        act_number="A-1", decided_on=NOW.date(), recorded_by=author, recorded_at=NOW,
    )  # fmt: skip
    Opinion.objects.create(
        application=application, council=world.cast.council, stance="favourable",
        summary="Le quartier en a besoin", given_by=author, given_at=NOW,
    )  # fmt: skip
    write(author, "appraisal.save_appraisal", application, changes={"assessment": ["", "Projet fragile"]})
    return application


def page(client, person, application):
    client.force_login(person)
    return client.get(reverse("portal:application", args=[application.pk])).content.decode()


def test_an_officer_sees_what_is_asked_said_and_decided(client, officer, application):
    seen = page(client, officer, application)

    assert "4\u00a0321\u00a0€" in seen
    assert "900\u00a0€" in seen
    assert "Le quartier en a besoin" in seen
    assert reverse("portal:journal", args=[application.pk]) in seen


def test_the_applicant_learns_the_decisions_by_the_letter_and_never_reads_the_notes(
    client, editor, application
):
    """PRG-7, PRG-10. Until the GIP asks for a reduced budget, which says what is missing."""
    ReducedPlan.objects.all().delete()
    before = page(client, editor, application)
    application.state = "notified"
    application.save()
    after = page(client, editor, application)

    assert "4\u00a0321\u00a0€" not in before
    assert "4\u00a0321\u00a0€" in after
    for seen in (before, after):
        assert "900\u00a0€" not in seen
        assert "Le quartier en a besoin" not in seen


def test_someone_tied_to_the_applicant_reads_neither_notes_nor_journal(client, world, officer, application):
    """B2.5, C4 test 17."""
    world.tie(officer)

    seen = page(client, officer, application)

    assert "Le quartier en a besoin" not in seen
    assert "déport" in seen
    assert client.get(reverse("portal:journal", args=[application.pk])).status_code == 404


@pytest.mark.parametrize(("state", "is_read"), [("reviewed", False), ("notified", True)])
def test_someone_tied_to_the_applicant_learns_the_decisions_by_the_letter(
    client, world, officer, application, state, is_read
):
    """B2.5: not before the applicant does."""
    world.tie(officer)
    application.state = state
    application.save()

    assert ("4\u00a0321\u00a0€" in page(client, officer, application)) is is_read


def test_the_journal_of_a_dossier_is_for_the_gip_and_the_funders(client, officer, councillor, application):
    address = reverse("portal:journal", args=[application.pk])
    client.force_login(officer)
    assert "Projet fragile" in client.get(address).content.decode()
    client.force_login(councillor)
    assert client.get(address).status_code == 404


def test_only_the_decider_of_a_funder_is_offered_to_decide(
    client, cast, world, state_decider, county_decider, officer
):
    application = world.applications["reviewed"]
    door = reverse("awards:decide", args=[application.pk, application.funding_requests.get().pk])

    assert door in page(client, state_decider, application)
    assert door not in page(client, county_decider, application)
    assert door not in page(client, officer, application)


def test_a_councillor_is_not_led_to_papers_they_may_not_open(client, world, councillor):
    submitted = world.applications["submitted"]

    assert "/pieces/" not in page(client, councillor, submitted)


def test_the_way_of_a_dossier_shows_what_is_done_and_what_comes():
    assert [stage.state for stage in journey("appraised")] == ["done"] * 3 + ["current"] + ["todo"] * 3
    assert [stage.state for stage in journey("notified")] == ["done"] * 7
    assert [(stage.label, stage.state) for stage in journey("withdrawn")][-1] == ("Retiré", "stopped")
