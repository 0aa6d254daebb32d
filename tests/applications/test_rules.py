"""What a dossier must hold: each rule on both sides of its boundary, without a database."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.applications.rules import (
    ACCOUNTS,
    Answers,
    Asked,
    Budget,
    Figures,
    Line,
    Territory,
    account_named,
    accounts_of,
    asked_above_ceiling,
    is_near,
    is_short,
    normalise,
    problems,
    search_text,
)
from faubourg.applications.rules.progress import next_thing
from faubourg.applications.states import Part, Side, State
from tests.factories.people import siret

CENTS = st.decimals(min_value=0, max_value=1_000_000, places=2)


def line(side, account, amount, label=""):
    return Line(side, account, Decimal(amount), label)


BUDGET = Budget(
    lines=(line("expense", "60", 10_000), line("income", "74C", 1_000)),
    asked=(Asked("État", Decimal(9_000), is_p147=True, is_state=True),),
)
COMPLETE = Answers(
    year=2027,
    is_association=True,
    structure={
        "name": "Les Mains vertes", "siret": siret(1), "rna": "W302001234", "address": "1 rue Haute",
        "postcode": "30500", "town": "Saint-Ambroix", "email": "a@exemple.fr", "purpose": "Jardins",
        "legal_representative": "Awa Diallo", "legal_representative_title": "présidente",
    },
    texts={
        "title": "Jardins", "need": "x", "description": "x", "expected_results": "x", "audience": "x",
        "place": "x", "mainstream_sought": "x", "relay_plan": "x",
    },
    recurrence="first",
    objectives_count=1,
    indicators_count=2,
    participants_count=60,
    territories=[Territory("L'Écusson", True, 45)],
    starts_on=date(2027, 1, 1),
    ends_on=date(2027, 12, 31),
    budget=BUDGET,
    republican_pledge=True,
    is_up_to_date=True,
    is_accurate=True,
    figures=Figures(agreement_years=3, outside_qpv_months=12, relay_years=1),
)  # fmt: skip
OUTSIDE = replace(COMPLETE, territories=[Territory("Bessèges", False, 20)])


def blocking(answers, part=None):
    return [found.sentence for found in problems(answers) if found.blocks and part in (None, found.part)]


def warnings(answers):
    return [found.field for found in problems(answers) if not found.blocks]


def budget(expense, income):
    return Budget(
        lines=(line("expense", "60", expense),), asked=(Asked("État", Decimal(income), is_p147=True),)
    )


# Completeness -------------------------------------------------------------------------------------


def test_a_complete_dossier_lacks_nothing():
    """PRG-2."""
    assert problems(COMPLETE) == ()


@pytest.mark.parametrize(
    ("change", "part", "word"),
    [
        ({"structure": {**COMPLETE.structure, "siret": ""}}, Part.STRUCTURE, "SIRET"),
        ({"structure": {**COMPLETE.structure, "siret": "12345678900012"}}, Part.STRUCTURE, "faux"),
        ({"structure": {**COMPLETE.structure, "email": " "}}, Part.STRUCTURE, "courriel"),
        ({"texts": {**COMPLETE.texts, "title": ""}}, Part.PROJECT, "intitulé"),
        ({"texts": {**COMPLETE.texts, "need": ""}}, Part.PROJECT, "besoin"),
        ({"recurrence": ""}, Part.PROJECT, "renouvellement"),
        ({"objectives_count": 0}, Part.PROJECT, "au moins un objectif"),
        ({"closed_objectives": ["1.1 Vert"]}, Part.PROJECT, "1.1 Vert"),
        ({"indicators_count": 1}, Part.PROJECT, "il en manque 1"),
        ({"participants_count": None}, Part.AUDIENCE, "personnes participeront"),
        ({"territories": []}, Part.AUDIENCE, "habitants"),
        ({"territories": [Territory("X", True, 5, is_open=False)]}, Part.AUDIENCE, "n'est pas ouvert"),
        ({"starts_on": None}, Part.SCHEDULE, "premier jour"),
        ({"ends_on": None}, Part.SCHEDULE, "dernier jour"),
        ({"missing_papers": {3: "Statuts"}}, Part.PAPERS, "Statuts"),
        ({"is_up_to_date": False}, Part.SIGNATURE, "à jour"),
        ({"is_accurate": False}, Part.SIGNATURE, "exactes"),
        ({"wrong": {"budget": {"line-60-0-amount": ["« dix » n'est pas un montant."]}}}, Part.BUDGET, "dix"),
    ],
)
def test_each_missing_answer_is_said_in_its_part(change, part, word):
    """PRG-2; C4 test 13 for the SIRET."""
    found = blocking(replace(COMPLETE, **change), part)

    assert len(found) == 1
    assert word in found[0]


def test_an_association_without_the_republican_pledge_is_refused_a_commune_is_not():
    """B3.9, C4 test 14."""
    without = replace(COMPLETE, republican_pledge=False)

    assert "contrat d'engagement républicain" in blocking(without, Part.SIGNATURE)[0]
    assert blocking(replace(without, is_association=False)) == []


def test_an_association_without_rna_is_only_warned():
    assert warnings(replace(COMPLETE, structure={**COMPLETE.structure, "rna": ""})) == ["rna"]


def test_what_is_typed_wrong_is_not_also_called_missing():
    answers = replace(COMPLETE, starts_on=None, wrong={"calendrier": {"starts_on": ["Date fausse."]}})

    assert blocking(answers) == ["Date fausse."]


# GEO-9 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("residents", "is_refused"), [(0, True), (None, True), (1, False)])
def test_geo_9_an_action_that_aims_at_no_resident_is_refused(residents, is_refused):
    found = blocking(replace(COMPLETE, territories=[Territory("L'Écusson", True, residents)]))

    assert bool(found) is is_refused


@pytest.mark.parametrize(("residents", "is_refused"), [(60, False), (61, True)])
def test_residents_are_among_the_participants(residents, is_refused):
    found = blocking(replace(COMPLETE, territories=[Territory("L'Écusson", True, residents)]))

    assert bool(found) is is_refused


# GEO-6 --------------------------------------------------------------------------------------------


def test_geo_6_p147_outside_a_qpv_with_a_local_authority_for_a_year_passes():
    assert blocking(OUTSIDE) == []


@pytest.mark.parametrize(("amount", "is_refused"), [("0", True), ("1", False), ("0.01", False)])
def test_geo_6_demands_the_money_of_a_local_authority(amount, is_refused):
    """C4 test 3."""
    gap = Decimal(1_000) - Decimal(amount)
    lines = (line("expense", "60", 10_000), line("income", "74C", amount), line("income", "75", gap))
    found = blocking(replace(OUTSIDE, budget=replace(BUDGET, lines=lines)))

    assert bool(found) is is_refused
    assert all("collectivité" in sentence for sentence in found)


def test_geo_6_money_asked_from_a_local_authority_of_the_call_counts():
    asked = (*BUDGET.asked, Asked("Département", Decimal(1_000), is_local_authority=True))
    plan = Budget(lines=(line("expense", "60", 10_000),), asked=asked)

    assert blocking(replace(OUTSIDE, budget=plan)) == []


def test_geo_6_refuses_a_three_year_agreement_and_qpv_does_not():
    assert "annuels" in blocking(replace(OUTSIDE, is_multi_year=True))[0]
    assert blocking(replace(COMPLETE, is_multi_year=True)) == []


def test_geo_6_does_not_bind_when_a_qpv_is_aimed_at_too_or_p147_is_not_asked():
    both = [*OUTSIDE.territories, Territory("L'Écusson", True, 1)]
    other = replace(BUDGET, asked=(Asked("CAF", Decimal(9_000)),))

    assert blocking(replace(OUTSIDE, territories=both, is_multi_year=True)) == []
    assert blocking(replace(OUTSIDE, budget=other, is_multi_year=True)) == []


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_refused"),
    [
        (date(2027, 1, 1), date(2027, 12, 31), False),
        (date(2027, 1, 31), date(2027, 6, 30), False),
        (date(2027, 1, 1), date(2027, 7, 1), True),
        (date(2027, 1, 31), date(2027, 7, 31), True),
    ],
)
def test_geo_6_the_longest_action_is_what_the_contract_says(starts_on, ends_on, is_refused):
    months = 6 if ends_on.month < 12 else 12
    answers = replace(OUTSIDE, starts_on=starts_on, ends_on=ends_on)
    found = blocking(replace(answers, figures=replace(COMPLETE.figures, outside_qpv_months=months)))

    assert bool(found) is is_refused
    assert all("l'action dure 6 mois au plus" in sentence for sentence in found)
    assert blocking(replace(answers, figures=Figures())) == []


def test_what_the_contract_does_not_say_is_not_supposed():
    """No figure of the law or of the contract is a literal of the code."""
    late = replace(COMPLETE, is_multi_year=True, ends_on=date(2031, 12, 31))

    assert "3 exercices" in blocking(late)[0]
    assert blocking(replace(late, figures=Figures(agreement_years=5))) == []
    assert blocking(replace(late, figures=Figures())) == []


def test_geo_6_a_missing_relay_plan_only_warns_at_submission():
    without = replace(OUTSIDE, texts={**OUTSIDE.texts, "relay_plan": ""})

    assert blocking(without) == []
    assert warnings(without) == ["relay_plan"]


# Calendar -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_multi_year", "is_refused"),
    [
        (date(2027, 1, 1), date(2027, 12, 31), False, False),
        (date(2026, 12, 31), date(2027, 12, 31), False, True),
        (date(2027, 1, 1), date(2028, 1, 1), False, True),
        (date(2027, 1, 1), date(2029, 12, 31), True, False),
        (date(2027, 1, 1), date(2030, 1, 1), True, True),
        (date(2028, 1, 1), date(2029, 12, 31), True, True),
        (date(2027, 6, 2), date(2027, 6, 1), False, True),
    ],
)
def test_the_action_happens_in_the_year_of_the_call_or_three(starts_on, ends_on, is_multi_year, is_refused):
    found = blocking(
        replace(COMPLETE, starts_on=starts_on, ends_on=ends_on, is_multi_year=is_multi_year), Part.SCHEDULE
    )

    assert bool(found) is is_refused


# Budget -------------------------------------------------------------------------------------------


def test_a_budget_of_9_999_euros_for_10_000_is_refused_with_the_figure():
    """C4 test 15."""
    found = blocking(replace(COMPLETE, budget=budget("10000", "9999")))

    assert found == [
        "Il manque 1,00\u00a0€ de produits : les charges font 10\u00a0000,00\u00a0€, "
        "les produits 9\u00a0999,00\u00a0€."
    ]


@pytest.mark.parametrize(
    ("expense", "income", "start"),
    [
        ("10000", "10000", None),
        ("10000", "9999.99", "Il manque 0,01\u00a0€ de produits"),
        ("9999.99", "10000", "Il manque 0,01\u00a0€ de charges"),
    ],
)
def test_one_cent_is_a_difference(expense, income, start):
    found = budget(expense, income).problems

    assert [sentence.split(" :")[0] for sentence in found] == ([start] if start else [])


@pytest.mark.parametrize(
    ("uses", "resources", "word"), [(1200, 1200, None), (1200, 1199, "compte 87"), (1199, 1200, "compte 86")]
)
def test_86_is_equal_to_87_and_apart_from_the_total(uses, resources, word):
    """C4 test 15."""
    kind = (line("in_kind_use", "864", uses), line("in_kind_resource", "870", resources))
    plan = replace(BUDGET, lines=(*BUDGET.lines, *kind))

    assert plan.expenses == Decimal(10_000)
    assert len(plan.problems) == (1 if word else 0)
    assert not word or word in plan.problems[0]


def test_a_dossier_that_asks_nothing_is_refused():
    lines = (line("expense", "60", 100), line("income", "75", 100))

    assert blocking(replace(COMPLETE, budget=Budget(lines=lines))) == [
        "Demandez un montant à au moins un financeur de l'appel, au compte 74."
    ]


def test_an_empty_budget_says_what_to_write():
    assert len(blocking(replace(COMPLETE, budget=Budget()), Part.BUDGET)) == 2


def test_shares_say_who_pays():
    plan = Budget(
        lines=(
            line("expense", "60", 12_300), line("income", "70", 1_000), line("income", "74C", 500),
            line("income", "74F", 1_300), line("income", "74E", 500),
        ),
        asked=(
            Asked("État", Decimal(6_000), is_state=True),
            Asked("Département", Decimal(3_000), is_local_authority=True),
        ),
    )  # fmt: skip

    assert plan.is_balanced
    assert plan.public_income == Decimal(10_000)
    assert plan.state_income == Decimal(6_500)
    assert plan.local_authority_income == Decimal(3_500)
    assert plan.main_funder is None
    assert replace(plan, asked=(Asked("État", Decimal("6200.01")),)).main_funder is not None


amounts = st.lists(CENTS, max_size=6)


@given(expenses=amounts, incomes=amounts, asked=amounts, uses=amounts, resources=amounts)
def test_a_budget_balances_exactly_when_no_difference_is_named(expenses, incomes, asked, uses, resources):
    plan = Budget(
        lines=(
            *(Line("expense", "60", amount) for amount in expenses),
            *(Line("income", "70", amount) for amount in incomes),
            *(Line("in_kind_use", "864", amount) for amount in uses),
            *(Line("in_kind_resource", "870", amount) for amount in resources),
        ),
        asked=tuple(Asked("F", amount) for amount in asked),
    )
    unequal = [sum(expenses) != sum(incomes) + sum(asked), sum(uses) != sum(resources)]

    assert len(plan.problems) == sum(unequal)
    assert plan.gap == sum(incomes) + sum(asked) - sum(expenses)


@given(expense=CENTS, income=CENTS)
def test_the_difference_added_where_it_is_missing_balances_the_budget(expense, income):
    plan = Budget(lines=(Line("expense", "60", expense), Line("income", "70", income)))
    side, account = ("income", "75") if plan.gap < 0 else ("expense", "65")
    mended = replace(plan, lines=(*plan.lines, Line(side, account, plan.imbalance)))

    assert mended.problems == ()


def test_the_account_plan_is_that_of_the_cerfa():
    codes = [account.code for account in accounts_of(Side.EXPENSE)]

    assert codes == ["60", "61", "62", "63", "64", "65", "66", "67", "68", "69", "CI"]
    assert [account.code for account in accounts_of(Side.INCOME) if len(account.code) == 2] == [
        "70", "73", "75", "76", "77", "78", "79", "RP",
    ]  # fmt: skip
    assert len({account.code for account in ACCOUNTS}) == len(ACCOUNTS)
    assert {account.code for account in ACCOUNTS if account.is_local_authority} == {"74R", "74D", "74C"}
    assert account_named("99") is None


@pytest.mark.shared
def test_the_account_plan_holds_every_account_of_the_real_form(shared):
    plan = json.loads((shared / "data/cerfa/cerfa-12156-06-plan.json").read_text())
    codes = {entry["compte"] for side in ("charges", "produits") for entry in plan[side]}

    assert {code for code in codes if account_named(code) is None} == set()


# Words --------------------------------------------------------------------------------------------


def test_search_forgets_accents_capitals_and_signs():
    assert normalise("L'Écusson, cœur de ville n° 2") == "l ecusson coeur de ville n 2"
    assert search_text("2027-014", "Été, Œuvre") == "2027 014 ete oeuvre"


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Jardins partagés de l'Écusson", "jardins partages de l ecusson", True),
        ("Jardins partagés 2027", "Jardins partagés 2026", True),
        ("Jardins partagés", "Atelier vélo", False),
        ("", "", False),
    ],
)
def test_prg_5_near_titles_are_seen(one, other, near):
    assert is_near(one, other) is near


def test_each_state_says_what_comes_next():
    for state in State:
        words, mine = next_thing(state, is_open=True, closes_on=date(2027, 1, 15))
        assert words
        assert mine is (state in (State.DRAFT, State.INCOMPLETE))
    assert next_thing("draft", is_open=False, closes_on=date(2027, 1, 15))[1] is False


# Short form ---------------------------------------------------------------------------------------

SMALL = replace(
    COMPLETE,
    texts={**COMPLETE.texts, "expected_results": "", "place": "", "mainstream_sought": ""},
    indicators_count=0,
)


@pytest.mark.parametrize(
    ("ceiling", "requested", "expected"),
    [("5000", "5000.00", True), ("5000", "5000.01", False), ("5000", "0", True), (None, "1", False)],
)
def test_the_short_form_goes_up_to_its_ceiling_included(ceiling, requested, expected):
    assert is_short(ceiling and Decimal(ceiling), Decimal(requested)) is expected


@pytest.mark.parametrize(("ceiling", "left"), [("9000", 0), ("8999.99", 3), (None, 3)])
def test_the_short_form_spares_questions_to_what_asks_no_more_than_the_ceiling(ceiling, left):
    """COMPLETE asks 9 000 €."""
    answers = replace(SMALL, short_form_ceiling=ceiling and Decimal(ceiling))

    assert len(blocking(answers)) == left


def test_over_the_ceiling_what_else_must_be_filled_is_said():
    answers = replace(SMALL, short_form_ceiling=Decimal(9_000))

    assert [found.field for found in asked_above_ceiling(answers)] == [
        "expected_results", "indicator-0-label", "place",
    ]  # fmt: skip
    assert asked_above_ceiling(replace(SMALL, short_form_ceiling=None)) == ()


def test_the_short_form_still_asks_what_was_typed_wrong_and_who_it_is_for():
    answers = replace(SMALL, short_form_ceiling=Decimal(9_000), wrong={"public": {"place": ["Faux."]}})

    assert blocking(answers) == ["Faux."]
    assert blocking(replace(SMALL, short_form_ceiling=Decimal(9_000), participants_count=None))
