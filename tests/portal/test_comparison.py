"""This year's dossier beside last year's."""

from decimal import Decimal

import pytest
from django.urls import reverse

from faubourg.awards.models import FundingDecision
from tests.conftest import NOW
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    EnvelopeFactory,
    UserFactory,
    complete_application,
)


@pytest.fixture
def source(cast):
    call = CallFactory(contract=cast.contract, year=2026, title="Appel 2026")
    then = EnvelopeFactory(call=call, funder=cast.state, line="p147")
    return complete_application(
        applicant=cast.applicant,
        call=call,
        envelope=then,
        number="2026-014",
        submitted_at=NOW,
        state="decided",
    )


@pytest.fixture
def dossier(cast, source):
    found = complete_application(
        applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope, copied_from=source,
        need="Un autre besoin", participants_count=80,
    )  # fmt: skip
    found.budget_lines.filter(account="64").update(amount=Decimal(4_500))
    return found


@pytest.fixture
def read(client, dossier):
    def read(someone):
        client.force_login(someone)
        answer = client.get(reverse("portal:comparison", args=[dossier.pk]))
        return answer.content.decode().replace("\u00a0", " ") if answer.status_code == 200 else None

    return read


def decide(source):
    FundingDecision.objects.create(
        funding_request=source.funding_requests.get(), outcome="granted", awarded_amount=Decimal(3_210),
        act_kind="award_order", act_number="1", decided_on=NOW.date(), recorded_by=UserFactory(),
        recorded_at=NOW,
    )  # fmt: skip


def test_texts_people_budget_and_amounts_stand_side_by_side(read, editor):
    page = read(editor)

    assert "Un autre besoin" in page
    assert "<td>60</td><td>80</td>" in page
    assert "64 Charges de personnel" in page
    assert "+500" in page
    assert "Ce qui sera fait" not in page, "what is the same is not a change"


def test_the_applicant_reads_what_was_granted_once_it_is_notified(read, source, editor):
    decide(source)
    assert "3 210" not in read(editor)

    type(source).objects.filter(pk=source.pk).update(state="notified")
    assert "3 210" in read(editor)


def test_a_draft_has_no_comparison_for_others_nor_without_a_source(client, cast, read, officer, editor):
    assert read(officer) is None
    alone = ApplicationFactory(applicant=cast.applicant, call=cast.call)
    client.force_login(editor)
    assert client.get(reverse("portal:comparison", args=[alone.pk])).status_code == 404


def test_it_costs_the_same_however_long_the_dossiers_are(
    client, cast, dossier, source, editor, django_assert_max_num_queries
):
    for one in (dossier, source):
        for number in range(5):
            one.budget_lines.create(side="expense", account="61", label=str(number), amount=Decimal(1))
    client.force_login(editor)
    with django_assert_max_num_queries(18):
        client.get(reverse("portal:comparison", args=[dossier.pk]))
