"""Each funder decides for itself, within its envelope; the GIP decides for nobody."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.awards.actions import decide
from faubourg.awards.models import FundingDecision
from faubourg.awards.queries import decisions_of
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.awards.conftest import NOW, asked_of, defer, grant, reject
from tests.factories import InterestFactory, NeighbourhoodFactory

pytestmark = pytest.mark.django_db


def rule(application, envelope, actor, ruling, version=0):
    return decide(asked_of(application, envelope), actor=actor, ruling=ruling, version=version, now=NOW)


def again(application):
    application.refresh_from_db()
    return application


def test_a_funder_grants_what_it_wants_of_what_it_is_asked(cast, dossier, state_decider):
    decision = rule(dossier(), cast.state_envelope, state_decider, grant(4500))

    assert decision.awarded_amount == 4500
    assert decision.recorded_by == state_decider
    assert decision.version == 1


@pytest.mark.parametrize(
    "role",
    [
        "director", "officer", "finance", "delegate", "state_officer", "county_decider", "expert",
        "councillor", "reader", "editor", "signatory", "org_admin", "technical_admin", "stranger",
    ],
)  # fmt: skip
def test_nobody_decides_for_a_funder_but_its_decider(cast, dossier, role, request):
    """PRG-10: the GIP decides for nobody, a funder not for another."""
    application = dossier()

    with pytest.raises(PermissionDenied):
        rule(application, cast.state_envelope, request.getfixturevalue(role), grant(4500))
    assert not FundingDecision.objects.exists()


def test_the_gip_is_told_whose_decision_it_is(cast, dossier, director):
    with pytest.raises(PermissionDenied, match="Le GIP ne décide pour aucun financeur"):
        rule(dossier(), cast.state_envelope, director, grant(4500))


def test_a_decider_tied_to_the_applicant_stands_aside(cast, dossier, state_decider):
    """B2.5."""
    InterestFactory(user=state_decider, organisation=cast.applicant)

    with pytest.raises(PermissionDenied, match="déport"):
        rule(dossier(), cast.state_envelope, state_decider, grant(4500))


@pytest.mark.parametrize("state", ["submitted", "admissible", "appraised", "tabled"])
def test_no_decision_before_a_committee_has_spoken(cast, dossier, state_decider, state):
    """C4 test 16, PRG-6."""
    with pytest.raises(PermissionDenied, match="Aucun comité"):
        rule(dossier(state=state), cast.state_envelope, state_decider, grant(4500))


@pytest.mark.parametrize("state", ["validated", "notified"])
def test_a_validated_decision_is_not_corrected(cast, dossier, state_decider, state):
    with pytest.raises(PermissionDenied, match="validées en comité de pilotage"):
        rule(dossier(state=state), cast.state_envelope, state_decider, grant(4500))


def test_an_envelope_of_12_000_refuses_12_001(cast, dossier, state_decider):
    """C4 test 18: the sums already granted count."""
    cast.state_envelope.amount = 12_000
    cast.state_envelope.save()
    rule(dossier(asked=8000), cast.state_envelope, state_decider, grant(8000))
    second = dossier(asked=5000)

    with pytest.raises(Refusal) as refusal:
        rule(second, cast.state_envelope, state_decider, grant(4001))
    assert list(refusal.value.errors) == ["awarded_amount"]
    rule(second, cast.state_envelope, state_decider, grant(4000))


def test_correcting_a_decision_does_not_count_it_twice(cast, dossier, state_decider):
    cast.state_envelope.amount = 5_000
    cast.state_envelope.save()
    application = dossier()
    rule(application, cast.state_envelope, state_decider, grant(3000))
    decision = rule(application, cast.state_envelope, state_decider, grant(5000), version=1)

    assert decision.awarded_amount == 5000
    assert decision.version == 2


def test_an_envelope_to_be_confirmed_grants_nothing(cast, dossier, state_decider):
    cast.state_envelope.amount = None
    cast.state_envelope.save()

    with pytest.raises(Refusal, match="à confirmer"):
        rule(dossier(), cast.state_envelope, state_decider, grant(1))
    rule(dossier(), cast.state_envelope, state_decider, reject())


def test_other_funders_and_other_subsidies_count_in_the_public_total(
    cast, dossier, state_decider, county_decider
):
    """PRG-9: 9 000 € of charges, 3 000 € from the county, 2 500 € from the commune."""
    application = dossier()
    application.budget_lines.create(side="income", account="74C", label="Commune", amount=Decimal(2500))
    application.budget_lines.create(side="income", account="74F", label="Fondation", amount=Decimal(9000))
    rule(application, cast.county_envelope, county_decider, grant(3000))

    with pytest.raises(Refusal, match="3\u00a0500\u00a0€"):
        rule(application, cast.state_envelope, state_decider, grant("3500.01"))
    rule(application, cast.state_envelope, state_decider, grant(3500))


def test_p147_outside_a_qpv_waits_for_the_relay_plan(cast, dossier, state_decider, county_decider):
    """GEO-6."""
    application = dossier()
    application.territories.all().delete()
    application.territories.create(neighbourhood=NeighbourhoodFactory(kind="pocket"), residents_count=20)
    application.territories.create(neighbourhood=cast.qpv, residents_count=0)  # named, not aimed at

    with pytest.raises(Refusal, match="hors quartier prioritaire"):
        rule(application, cast.state_envelope, state_decider, grant(4500))
    rule(application, cast.county_envelope, county_decider, grant(3000))  # not P147

    application.relay_plan = "La commune reprend l'atelier."
    application.save()
    rule(application, cast.state_envelope, state_decider, grant(4500))


def test_money_without_an_objective_is_not_granted(cast, dossier, state_decider):
    """FIN-1."""
    application = dossier()
    application.objectives.clear()

    with pytest.raises(Refusal, match="un objectif du contrat"):
        rule(application, cast.state_envelope, state_decider, grant(4500))


def test_the_dossier_is_decided_when_every_funder_has_answered(cast, dossier, state_decider, county_decider):
    application = dossier()
    rule(application, cast.state_envelope, state_decider, grant(4500))
    assert again(application).state == "reviewed"

    rule(application, cast.county_envelope, county_decider, reject())
    assert again(application).state == "decided"


def test_a_deferral_keeps_the_dossier_open(cast, dossier, state_decider, county_decider):
    application = dossier()
    rule(application, cast.state_envelope, state_decider, defer())
    rule(application, cast.county_envelope, county_decider, grant(3000))
    assert again(application).state == "reviewed"

    rule(application, cast.state_envelope, state_decider, grant(4500), version=1)
    assert again(application).state == "decided"


def test_a_correction_reopens_then_closes_the_dossier(cast, dossier, state_decider):
    application = dossier(county=None)
    rule(application, cast.state_envelope, state_decider, grant(4500))
    assert again(application).state == "decided"

    rule(application, cast.state_envelope, state_decider, defer(), version=1)
    assert again(application).state == "reviewed"
    assert FundingDecision.objects.get().awarded_amount == 0

    rule(application, cast.state_envelope, state_decider, grant(4000), version=2)
    assert again(application).state == "decided"


def test_the_journal_of_the_dossier_says_from_what_to_what(cast, dossier, state_decider):
    application = dossier(county=None)
    rule(application, cast.state_envelope, state_decider, grant(4500))
    rule(application, cast.state_envelope, state_decider, grant(4000), version=1)

    first, second = Entry.objects.filter(verb="awards.decide").order_by("id")
    assert (second.subject_type, second.subject_id) == ("applications.application", application.pk)
    assert first.changes["state"] == ["reviewed", "decided"]
    assert first.changes["awarded_amount"] == [None, "4500"]
    assert second.changes["awarded_amount"] == ["4500.00", "4000"]
    assert second.changes["financeur"] == "État (P147)"
    assert second.contract_id == cast.contract.pk


def test_the_same_form_sent_twice_decides_once(cast, dossier, state_decider):
    application = dossier()
    first = rule(application, cast.state_envelope, state_decider, grant(4500))
    second = rule(application, cast.state_envelope, state_decider, grant(4500))

    assert second.version == first.version == 1
    assert Entry.objects.filter(verb="awards.decide").count() == 1


def test_a_second_tab_does_not_overwrite_what_was_recorded_meanwhile(cast, dossier, state_decider):
    application = dossier()
    rule(application, cast.state_envelope, state_decider, grant(4500))

    with pytest.raises(Refusal, match="Diane Décideuse a enregistré entre-temps"):
        rule(application, cast.state_envelope, state_decider, grant(4000))
    assert FundingDecision.objects.get().awarded_amount == 4500


def test_a_refusal_keeps_everything_typed(client, cast, dossier, state_decider):
    application = dossier()
    client.force_login(state_decider)
    url = reverse("awards:decide", args=[application.pk, asked_of(application, cast.state_envelope).pk])
    response = client.post(
        url,
        {"outcome": "granted", "awarded_amount": "5 000,01", "act_kind": "board", "act_number": "A-7",
         "decided_on": "2026-01-04", "covers_from": "2027-03-01", "covers_until": "2027-12-31",
         "conditions": "Affichage", "version": 0},
    )  # fmt: skip
    page = response.content.decode()

    assert response.status_code == 200
    assert "dépasse la demande" in page
    assert "5 000,01" in page
    assert "A-7" in page
    assert "Affichage" in page


def test_the_decider_decides_on_the_page_and_comes_back_to_the_table(client, cast, dossier, state_decider):
    application = dossier()
    client.force_login(state_decider)
    url = reverse("awards:decide", args=[application.pk, asked_of(application, cast.state_envelope).pk])
    page = client.get(url).content.decode()
    assert "5\u00a0000\u00a0€" in page
    assert f'name="covers_until" value="{application.ends_on:%Y-%m-%d}"' in page
    assert f"{cast.call.year} · {cast.contract.name} · L&#x27;Écusson · {cast.objective.code} · " in page

    response = client.post(
        url,
        {"outcome": "granted", "awarded_amount": "4500", "act_kind": "award_order", "act_number": "2026-12",
         "decided_on": "2026-01-04", "covers_from": "2027-03-01", "covers_until": "2027-12-31",
         "charged_to": "BOP 147", "version": "0"},
    )  # fmt: skip
    assert response.url == reverse("awards:programme", args=[cast.call.pk]) + f"#dossier-{application.pk}"
    assert FundingDecision.objects.get().awarded_amount == 4500


def test_a_stranger_does_not_know_the_dossier_exists(client, cast, dossier, stranger, director):
    application = dossier()
    url = reverse("awards:decide", args=[application.pk, asked_of(application, cast.state_envelope).pk])
    client.force_login(stranger)
    assert client.get(url).status_code == 404
    client.force_login(director)
    assert client.get(url).status_code == 403


def test_decisions_of_many_dossiers_cost_one_query(cast, dossier, state_decider, django_assert_num_queries):
    applications = [dossier() for _ in range(3)]
    rule(applications[0], cast.state_envelope, state_decider, grant(4500))

    with django_assert_num_queries(1):
        found = decisions_of(applications)
    assert [line.outcome_label for line in found[applications[0].pk]] == ["Accordé", "En attente"]
    assert found[applications[0].pk][0].act == "Arrêté n° 2027-12"
    assert [line.awarded for line in found[applications[1].pk]] == [None, None]
