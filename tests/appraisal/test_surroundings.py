"""What is checked beyond the dossier: last year's report, envelopes, public money of the year (PRG-4, B3)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.applications.rules import is_near
from faubourg.appraisal import actions, rules
from faubourg.appraisal.models import FinalReportDue
from faubourg.appraisal.queries import checks_for
from faubourg.toolkit.refusal import Refusal
from tests.appraisal.test_rules import GOOD
from tests.conftest import NOW, TODAY
from tests.factories import (
    CallFactory,
    EnvelopeFactory,
    FundingRequestFactory,
    NeighbourhoodFactory,
    ParameterFactory,
    complete_application,
)

RENEWAL = replace(GOOD, recurrence="renewal")
LIMITS = rules.Thresholds(Decimal(23_000), Decimal(153_000), Decimal(50_000), Decimal(150_000))
CENT = Decimal("0.01")


def found(label, answers=GOOD, **context):
    context = rules.Context(TODAY, **context)
    return [one for one in rules.checks(answers, context) if one.label.startswith(label)]


def severity(label, answers=GOOD, **context):
    return [one.severity for one in found(label, answers, **context)]


# Last year's report -----------------------------------------------------------------------------------


def test_an_unknown_report_is_said_unknown_never_received():
    (check,) = found("Bilan 2026", RENEWAL)
    assert (check.severity, check.explanation.startswith("Non renseigné")) == ("warn", True)


@pytest.mark.parametrize(
    ("known", "answers", "expected"),
    [
        (rules.FinalReportKnown(is_due=False), RENEWAL, "ok"),
        (rules.FinalReportKnown(is_due=True, received_on=TODAY), RENEWAL, "ok"),
        (rules.FinalReportKnown(is_due=True), RENEWAL, "block"),
        (rules.FinalReportKnown(is_due=True), GOOD, "warn"),
        (rules.FinalReportKnown(True, None, TODAY, "Comptes en cours"), RENEWAL, "warn"),
        (rules.FinalReportKnown(True, None, TODAY - timedelta(days=1), "Comptes en cours"), RENEWAL, "block"),
    ],
)
def test_a_missing_report_blocks_a_renewal_up_to_the_last_day_of_its_reprieve(known, answers, expected):
    """PRG-4."""
    assert severity("Bilan 2026", answers, last_year=known) == [expected]


def test_a_renewal_without_its_report_is_not_declared_admissible_until_it_is_reprieved(desk, officer):
    """PRG-4: the same for every dossier of the applicant."""
    application = desk.filed(recurrence="renewal")
    note = {"actor": officer, "now": NOW}
    actions.note_final_report(application, is_due=True, **note)
    with pytest.raises(Refusal, match="Bilan 2026"):
        actions.declare_admissible(application, **note)
    other = desk.filed(recurrence="renewal")
    actions.note_final_report(
        other, is_due=True, reprieve_until=TODAY, reprieve_reason="Comptes en mars", **note
    )
    actions.declare_admissible(application, **note)
    assert application.state == "admissible"
    assert FinalReportDue.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"received_on": TODAY, "is_due": False}, "received_on"),
        ({"reprieve_until": TODAY}, "reprieve_reason"),
        ({"reprieve_reason": "Parce que"}, "reprieve_until"),
    ],
)
def test_what_is_noted_of_a_report_holds_together(desk, officer, sent, field):
    with pytest.raises(Refusal) as refused:
        actions.note_final_report(desk.filed(), actor=officer, now=NOW, **{"is_due": True, **sent})
    assert [name for name, told in refused.value.errors.items() if told] == [field]


def test_only_the_gip_notes_a_report(client, desk, officer, editor, state_officer):
    application = desk.filed()
    for person in (editor, state_officer):
        with pytest.raises(PermissionDenied):
            actions.note_final_report(application, actor=person, is_due=True, now=NOW)
    client.force_login(officer)
    client.post(
        reverse("appraisal:note_final_report", args=[application.pk]),
        {"is_due": "oui", "received_on": "2026-11-02"},
    )
    page = client.get(reverse("appraisal:sheet", args=[application.pk])).content.decode()
    assert "Reçu le 2 novembre 2026." in page


# Envelopes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("requested", "expected"), [(Decimal(2_000), "ok"), (Decimal(2_000) + CENT, "warn")])
def test_an_envelope_warns_when_more_is_asked_than_is_left(requested, expected):
    left = rules.EnvelopeLeft("État", requested, Decimal(10_000), Decimal(8_000))
    assert severity("Enveloppe · État", envelopes=[left]) == [expected]


def test_an_envelope_whose_amount_is_not_known_says_so():
    (check,) = found("Enveloppe · État", envelopes=[rules.EnvelopeLeft("État", Decimal(1), None)])
    assert "à confirmer" in check.explanation


def test_what_is_left_counts_the_proposals_to_the_other_dossiers_still_in_the_running(cast, desk, officer):
    cast.state_envelope.amount = Decimal(10_000)
    cast.state_envelope.save()
    mine, stopped = desk.appraised(), desk.appraised()
    other = desk.appraised()
    type(stopped).objects.filter(pk=stopped.pk).update(state="withdrawn")
    (check,) = (one for one in checks_for(mine, TODAY) if one.label.startswith("Enveloppe"))
    said = check.explanation.replace("\u00a0", " ")
    assert "5 000 € demandés, il reste 5 500 € sur 10 000 €" in said
    assert other.state == "appraised"


# Public money of the year -----------------------------------------------------------------------------


@pytest.mark.parametrize(("amount", "told"), [(Decimal(23_000), 0), (Decimal(23_000) + CENT, 1)])
def test_an_agreement_is_needed_strictly_over_the_threshold_of_one_funder(amount, told):
    """B3.1: 23 000,00 € no, 23 000,01 € yes."""
    context = {"asked_in_the_year": [("État", amount)], "thresholds": LIMITS}
    assert severity("Aides de l'année · État", **context) == ["warn"] * told


@pytest.mark.parametrize(
    ("total", "expected", "words"),
    [
        (Decimal(50_000), "ok", "sous les seuils"),
        (Decimal(50_000) + CENT, "warn", "rémunérations"),
        (Decimal(153_000), "warn", "rémunérations"),
        (Decimal(153_000) + CENT, "warn", "commissaire aux comptes"),
    ],
)
def test_the_duties_of_who_receives_much_begin_strictly_over_each_threshold(total, expected, words):
    """B3.15, B3.16."""
    (check,) = found("Aides publiques", public_in_the_year=total, thresholds=LIMITS)
    assert check.severity == expected
    assert words in check.explanation
    assert ("commissaire" in check.explanation) is (total > 153_000)


def test_nothing_is_supposed_where_the_contract_gives_no_threshold_nor_of_a_public_body():
    huge = {"public_in_the_year": Decimal(900_000), "asked_in_the_year": [("État", Decimal(900_000))]}
    assert severity("Aides", **huge) == ["ok"]
    assert severity("Aides", replace(GOOD, is_association=False), thresholds=LIMITS, **huge) == []


def test_the_money_of_the_year_adds_up_every_live_dossier_of_the_applicant(cast, desk):
    ParameterFactory(contract=cast.contract, code="convention.seuil", value=23_000)
    first = desk.filed()
    elsewhere = CallFactory(year=2027)
    other = complete_application(
        applicant=cast.applicant, call=elsewhere, state="submitted", submitted_at=NOW, number="2027-900",
        envelope=EnvelopeFactory(call=elsewhere, funder=cast.state), title="Autre action",
    )  # fmt: skip
    other.budget_lines.create(side="income", account="74R", label="Région", amount=Decimal(700))
    FundingRequestFactory(
        application=desk.filed(), envelope=cast.county_envelope, requested_amount=Decimal(1)
    )
    type(first).objects.filter(number="2027-002").update(state="withdrawn")
    other.funding_requests.update(requested_amount=Decimal(18_000))

    def said(label):
        checks = {one.label: one for one in checks_for(first, TODAY)}
        return checks[label].explanation.replace("\u00a0", " ") if label in checks else ""

    assert said("Aides de l'année · État") == ""
    assert said("Aides publiques de l'année").startswith("23 700,00 €")
    other.funding_requests.update(requested_amount=Decimal(18_000) + CENT)
    assert said("Aides de l'année · État").startswith("23 000,01 €")


# The others -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ("Les jardins partagés de l'Écusson", True),
        ("Jardin partages de l'ecuson", True),
        ("L'Écusson : jardins partagés", True),
        ("Jardins d'enfants du mercredi", False),
    ],
)
def test_a_near_title_is_seen_through_typos_accents_and_word_order(other, near):
    """PRG-5."""
    assert is_near("Jardins partagés de l'Écusson", other) is near


def test_a_second_year_of_p147_outside_a_qpv_warns(cast, desk):
    """GEO-6: the same action, the year before, asked of P147 for a pocket; in a QPV it does not count."""
    pocket = NeighbourhoodFactory(name="La Poche", kind="pocket")
    mine = desk.filed()
    mine.territories.update(neighbourhood=pocket)
    cast.call.neighbourhoods.add(pocket)
    past = CallFactory(contract=cast.contract, year=2026)
    before = complete_application(
        applicant=cast.applicant, call=past, state="notified", submitted_at=NOW, number="2026-004",
        title=mine.title,
        envelope=EnvelopeFactory(call=past, funder=cast.state, line="p147"),
    )  # fmt: skip

    def told():
        return [one for one in checks_for(mine, TODAY) if one.label.startswith("Soutien hors quartier")]

    assert told() == []
    before.territories.update(neighbourhood=pocket)
    assert "2026-004" in told()[0].explanation


def test_what_was_asked_of_mainstream_policies_and_answered_is_quoted():
    """DRC-3."""
    answers = replace(GOOD, texts={**GOOD.texts, "mainstream_sought": "CAF : refus le 3 mars"})
    (check,) = found("Droit commun", answers)
    assert "« CAF : refus le 3 mars »" in check.explanation


def test_corrections_received_wait_for_a_word(desk, officer, editor):
    application = desk.filed()
    asked = [rules.Asked("projet-need", "incorrect", "Non")]
    request = actions.ask_information(
        application, actor=officer, due_on=date(2026, 12, 15), asked=asked, now=NOW
    )
    actions.answer_information(application, actor=editor, answer="Si.", now=NOW)
    assert "Compléments reçus" in [one.label for one in checks_for(application, TODAY)]
    actions.accept_corrections(request, actor=officer, now=NOW)
    assert "Compléments reçus" not in [one.label for one in checks_for(application, TODAY)]
