"""The computed checks on plain values: no database here."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from faubourg.applications.rules import Answers, Asked, Budget, Line, Territory
from faubourg.applications.states import Side
from faubourg.appraisal.rules import Context, blocking, checks, proposal_problem, weighted_mean
from tests.conftest import TODAY

SIRET = "73282932000074"
STRUCTURE = {
    "name": "Les Mains vertes", "siret": SIRET, "rna": "W302001234", "address": "1 rue Haute",
    "postcode": "30500", "town": "Saint-Ambroix", "email": "a@exemple.fr", "purpose": "Jardins",
    "legal_representative": "Awa Diallo", "legal_representative_title": "présidente",
}  # fmt: skip
TEXTS = {
    "title": "Jardins", "need": "Besoin", "description": "Quoi", "expected_results": "Effets",
    "audience": "Familles", "place": "Saint-Ambroix", "mainstream_sought": "CAF : refus", "relay_plan": "",
}  # fmt: skip


def budget(public="4000", own="1000", **asked):
    return Budget(
        lines=(
            Line(Side.EXPENSE, "60", Decimal(public) + Decimal(own)),
            Line(Side.INCOME, "70", Decimal(own)),
        ),
        asked=(Asked("État", Decimal(public), is_p147=True, is_state=True, **asked),),
    )


GOOD = Answers(
    year=2027, is_association=True, structure=STRUCTURE, texts=TEXTS, recurrence="first", objectives_count=1,
    indicators_count=2, participants_count=60, territories=(Territory("L'Écusson", True, 45),),
    starts_on=date(2027, 3, 1), ends_on=date(2027, 12, 15), budget=budget(), republican_pledge=True,
    is_up_to_date=True, is_accurate=True,
)  # fmt: skip
OUTSIDE = replace(
    GOOD,
    territories=(Territory("Bessèges", False, 45),),
    texts={**TEXTS, "relay_plan": "Le Département reprend."},
    budget=Budget(
        lines=(Line(Side.EXPENSE, "60", Decimal(5_000)), Line(Side.INCOME, "74C", Decimal(1))),
        asked=(Asked("État", Decimal(4_999), is_p147=True),),
    ),
)


def severities(answers, context=Context(TODAY)):  # noqa: B008  (frozen)
    return {check.label: check.severity for check in checks(answers, context)}


def test_a_complete_dossier_raises_nothing():
    assert set(severities(GOOD).values()) == {"ok"}
    assert blocking(checks(GOOD, Context(TODAY))) == []


@pytest.mark.parametrize(
    ("label", "changes"),
    [
        ("Structure et SIRET", {"structure": {**STRUCTURE, "siret": "73282932000075"}}),
        ("Contrat d'engagement républicain", {"republican_pledge": False}),
        ("Pièces demandées", {"missing_papers": {1: "Statuts"}}),
        (
            "Équilibre du budget",
            {"budget": replace(budget(), lines=(Line(Side.EXPENSE, "60", Decimal(9_999)),))},
        ),
        ("Objectifs du contrat", {"objectives_count": 0}),
        ("Quartiers et part d'habitants", {"territories": ()}),
        ("Quartiers et part d'habitants", {"territories": (Territory("L'Écusson", True, 61),)}),
        ("Période dans l'exercice 2027", {"starts_on": date(2026, 12, 31)}),
        ("Période dans l'exercice 2027", {"ends_on": date(2028, 1, 1)}),
        ("Réponses et attestations", {"is_accurate": False}),
    ],
)
def test_each_defect_blocks_on_its_own_line_only(label, changes):
    """PRG-4."""
    found = severities(replace(GOOD, **changes))
    assert found.pop(label) == "block"
    assert "block" not in found.values()


@pytest.mark.parametrize("edge", [{"starts_on": date(2027, 1, 1)}, {"ends_on": date(2027, 12, 31)}])
def test_the_first_and_last_days_of_the_year_are_inside(edge):
    assert severities(replace(GOOD, **edge))["Période dans l'exercice 2027"] == "ok"


def test_an_applicant_that_is_no_association_owes_no_republican_pledge():
    answers = replace(GOOD, is_association=False, republican_pledge=False)
    assert severities(answers)["Contrat d'engagement républicain"] == "ok"


def test_a_check_says_its_figures():
    found = {check.label: check.explanation for check in checks(GOOD, Context(TODAY))}
    assert (
        found["Quartiers et part d'habitants"]
        == "Habitants visés : L'Écusson (45) ; 75\u00a0% des participants."
    )
    assert found["Part des aides publiques"].startswith(
        "4\u00a0000\u00a0€ sur 5\u00a0000\u00a0€, soit 80\u00a0%"
    )


@pytest.mark.parametrize(
    ("public", "own", "severity"), [("4000", "1000", "ok"), ("4000.01", "999.99", "warn")]
)
def test_the_public_share_warns_one_cent_over_the_threshold(public, own, severity):
    answers = replace(GOOD, budget=budget(public, own))
    found = severities(answers, Context(TODAY, maximum_public_share=Decimal(80)))
    assert found["Part des aides publiques"] == severity


def test_without_a_threshold_the_public_share_is_shown_and_nothing_is_said():
    answers = replace(GOOD, budget=budget("5000", "0"))
    assert severities(answers)["Part des aides publiques"] == "ok"


def test_silence_on_ordinary_funding_only_warns():
    """DRC-3."""
    answers = replace(GOOD, texts={**TEXTS, "mainstream_sought": " "})
    assert severities(answers)["Droit commun sollicité d'abord"] == "warn"


def test_p147_outside_a_qpv_stands_with_one_euro_of_a_local_authority():
    """GEO-6, C4 test 3."""
    assert severities(OUTSIDE)["P147 hors quartier prioritaire"] == "ok"


def test_p147_outside_a_qpv_without_a_local_authority_blocks():
    lines = (Line(Side.EXPENSE, "60", Decimal(5_000)), Line(Side.INCOME, "70", Decimal(1)))
    answers = replace(OUTSIDE, budget=replace(OUTSIDE.budget, lines=lines))
    assert severities(answers)["P147 hors quartier prioritaire"] == "block"


def test_p147_outside_a_qpv_is_never_for_three_years():
    assert severities(replace(OUTSIDE, is_multi_year=True))["P147 hors quartier prioritaire"] == "block"


@pytest.mark.parametrize(("declared", "severity"), [(False, "warn"), (True, "block")])
def test_the_relay_warns_before_admissibility_and_blocks_before_the_committee(declared, severity):
    """GEO-6 d."""
    answers = replace(OUTSIDE, texts={**TEXTS, "relay_plan": ""})
    found = severities(answers, Context(TODAY, is_declared_admissible=declared))
    assert found["Relais par le droit commun"] == severity


def test_inside_a_qpv_no_relay_is_asked():
    assert "Relais par le droit commun" not in severities(GOOD)


def test_a_twin_and_a_conflict_warn_and_are_named():
    """PRG-5, PRG-7."""
    found = {
        check.label: check
        for check in checks(GOOD, Context(TODAY, duplicates=["2027-002 Jardins"], tied=["Nadia"]))
    }
    assert found["Doublon possible"].severity == "warn"
    assert "2027-002" in found["Doublon possible"].explanation
    assert found["Liens d'intérêt"].severity == "warn"
    assert "Nadia" in found["Liens d'intérêt"].explanation


@pytest.mark.parametrize(
    ("proposed", "requested", "stands"),
    [
        ("5000", "5000", True),
        ("5000.01", "5000", False),
        ("0", "5000", True),
        ("-0.01", "5000", False),
        ("1", None, False),
    ],
)
def test_nobody_is_offered_more_than_was_asked_to_the_cent(proposed, requested, stands):
    """PRG-9."""
    problem = proposal_problem(
        proposed=Decimal(proposed), requested=None if requested is None else Decimal(requested)
    )
    assert (problem == "") is stands


@pytest.mark.parametrize(
    ("marks", "mean", "counted"),
    [
        ([], None, (0, 0)),
        ([(None, 3)], None, (0, 1)),
        ([(0, 3)], "0,0 sur 5", (1, 1)),
        ([(5, None), (2, 1)], "2,0 sur 5", (1, 1)),
        ([(5, 3), (2, 1), (None, 2)], "4,3 sur 5", (2, 3)),
        ([(5, 0)], None, (0, 0)),
    ],
)
def test_the_mean_counts_only_the_criteria_that_have_a_weight_and_a_mark(marks, mean, counted):
    found = weighted_mean(marks)
    assert found.words == (mean or "pas encore de note")
    assert (found.marked, found.weighted) == counted
