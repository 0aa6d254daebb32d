"""Outcome, limits, shares and delays: no database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.awards.rules import (
    Axes,
    Limits,
    Ruling,
    Verdict,
    check_decision,
    delays,
    is_settled,
    left_in,
    multi_year_share,
    outcome,
    share_equally,
)

D = Decimal
TODAY = date(2027, 4, 12)
GRANT = Ruling(
    "granted", D(5000), "award_order", "12", date(2027, 4, 1),
    covers_from=date(2027, 3, 1), covers_until=date(2027, 12, 31),
)  # fmt: skip
AXES = Axes(
    year=2027, contract="De Cèze Cévennes", neighbourhoods=["L'Écusson"], objectives=["1.1", "2.3"],
    themes=["Transitions"], scheme="Droit commun", funder="CAF du Gard", is_multi_year=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], "pending"),
        ([Verdict(D(10))], "pending"),
        ([Verdict(D(10), "granted", D(10)), Verdict(D(5))], "pending"),
        ([Verdict(D(10), "rejected"), Verdict(D(5))], "pending"),
        ([Verdict(D(10), "granted", D(10)), Verdict(D(5), "deferred")], "deferred"),
        ([Verdict(D(10), "deferred"), Verdict(D(5))], "pending"),
        ([Verdict(D(10), "rejected"), Verdict(D(5), "rejected")], "rejected"),
        ([Verdict(D(10), "granted", D(10)), Verdict(D(5), "granted", D(5))], "granted"),
        ([Verdict(D(10), "granted", D("9.99")), Verdict(D(5), "granted", D(5))], "partly_granted"),
        ([Verdict(D(10), "granted", D(10)), Verdict(D(5), "rejected")], "partly_granted"),
    ],
)
def test_the_outcome_of_a_dossier_follows_its_funders(verdicts, expected):
    assert outcome(verdicts) == expected
    assert is_settled(verdicts) == (expected not in ("pending", "deferred"))


def sentences(ruling=GRANT, **limits):
    base = {
        "requested": D(5000),
        "left_in_envelope": D(96000),
        "eligible_cost": D(12000),
        "other_public": D(0),
    }
    return check_decision(ruling, Limits(**(base | limits)), TODAY)


def but(**fields):
    return Ruling(**({name: getattr(GRANT, name) for name in GRANT.__dataclass_fields__} | fields))


def test_a_plain_grant_breaks_no_rule():
    assert sentences() == {}


def test_a_funder_grants_the_amount_asked_and_not_a_cent_more():
    """PRG-9."""
    assert sentences(but(awarded_amount=D("5000.00"))) == {}
    assert list(sentences(but(awarded_amount=D("5000.01")))) == ["awarded_amount"]


def test_an_envelope_of_12_000_pays_12_000_and_not_12_001():
    """C4 test 18, PRG-9, FIN-2."""
    twelve = {"requested": D(20000), "left_in_envelope": D(12000), "eligible_cost": D(50000)}
    assert sentences(but(awarded_amount=D(12000)), **twelve) == {}
    (sentence,) = sentences(but(awarded_amount=D(12001)), **twelve)["awarded_amount"]
    assert "Il reste 12\u00a0000\u00a0€" in sentence
    assert "il manque 1\u00a0€" in sentence


def test_an_overspent_envelope_says_that_nothing_is_left():
    (sentence,) = sentences(left_in_envelope=D(-200))["awarded_amount"]
    assert "Il reste 0\u00a0€" in sentence


def test_an_envelope_to_be_confirmed_pays_nothing_and_says_what_to_do():
    (sentence,) = sentences(left_in_envelope=None)["awarded_amount"]
    assert "à confirmer" in sentence
    assert "demandez au GIP" in sentence


def test_public_money_never_exceeds_the_cost_of_the_action():
    """PRG-9."""
    assert sentences(other_public=D(7000)) == {}
    (sentence,) = sentences(other_public=D("7000.01"))["awarded_amount"]
    assert "au plus 4\u00a0999,99\u00a0€" in sentence


def test_a_cost_that_is_not_known_refuses_nothing():
    assert sentences(eligible_cost=None, other_public=D(90000)) == {}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"outcome": "maybe", "awarded_amount": None}, "outcome"),
        ({"awarded_amount": None}, "awarded_amount"),
        ({"awarded_amount": D(0)}, "awarded_amount"),
        ({"act_kind": ""}, "act_kind"),
        ({"act_number": "  "}, "act_number"),
        ({"decided_on": None}, "decided_on"),
        ({"covers_from": None}, "covers_from"),
        ({"covers_until": None}, "covers_until"),
        ({"covers_until": date(2027, 2, 28)}, "covers_until"),
        ({"decided_on": date(2027, 4, 13)}, "decided_on"),
        ({"outcome": "rejected", "awarded_amount": None}, "reason"),
        ({"outcome": "rejected", "reason": "Non", "awarded_amount": D(1)}, "awarded_amount"),
        ({"outcome": "deferred", "awarded_amount": D(1)}, "awarded_amount"),
    ],
)
def test_a_decision_says_what_it_must(fields, field):
    """PRG-10."""
    assert list(sentences(but(**fields))) == [field]


def test_a_decision_may_be_dated_today():
    assert sentences(but(decided_on=TODAY)) == {}


def test_a_refusal_needs_no_act_and_ignores_the_envelope():
    assert sentences(Ruling("rejected", decided_on=TODAY, reason="Non"), left_in_envelope=None) == {}


def test_p147_outside_a_qpv_wants_its_relay_written_before_a_grant():
    """GEO-6: blocks the decision."""
    assert list(sentences(lacks_relay_plan=True)) == ["outcome"]
    assert sentences(Ruling("deferred", decided_on=TODAY), lacks_relay_plan=True) == {}


def test_a_period_of_one_day_is_a_period():
    assert sentences(but(covers_until=GRANT.covers_from)) == {}


def test_every_line_of_money_is_followed_on_nine_axes():
    """FIN-1, l. 1091."""
    assert sentences(axes=AXES) == {}
    assert str(AXES) == (
        "2027 · De Cèze Cévennes · L'Écusson · 1.1 + 2.3 · Transitions · Droit commun · CAF du Gard · "
        "fonctionnement · convention de trois ans"
    )


@pytest.mark.parametrize(
    ("axis", "lacking"),
    [
        ({"contract": ""}, "un contrat"),
        ({"neighbourhoods": []}, "un quartier"),
        ({"objectives": []}, "un objectif du contrat"),
        ({"themes": []}, "une thématique Quartiers 2030"),
        ({"scheme": ""}, "une ligne de crédits"),
        ({"funder": ""}, "un financeur"),
        ({"kind": ""}, "un type"),
    ],
)
def test_money_is_granted_only_when_it_can_be_followed(axis, lacking):
    """FIN-1: a missing axis blocks the decision, and is named."""
    (sentence,) = sentences(axes=replace(AXES, **axis))["outcome"]
    assert lacking in sentence
    assert sentences(Ruling("rejected", decided_on=TODAY, reason="Non"), axes=replace(AXES, **axis)) == {}


def test_what_is_left_in_an_envelope_to_be_confirmed_is_not_zero():
    assert left_in(None, [D(10)]) is None
    assert left_in(D(12), [D(10), D(2)]) == 0


@given(st.decimals(0, 10**9, places=2), st.integers(1, 60))
def test_equal_parts_sum_exactly_and_differ_by_a_cent_at_most(amount, count):
    parts = share_equally(amount, count)
    assert len(parts) == count
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= D("0.01")
    assert all(part == part.quantize(D("0.01")) and part >= 0 for part in parts)


def test_a_sum_is_not_shared_between_nobody():
    with pytest.raises(ValueError, match="une part au moins"):
        share_equally(D(10), 0)


def test_three_year_agreements_are_counted_by_amount_and_by_number():
    """PRG-11."""
    share = multi_year_share([(D(6000), True), (D(3000), False), (D(1000), False), (D(0), True)])
    assert (share.amount, share.total_amount, share.number, share.total_number) == (6000, 10000, 1, 3)
    assert share.is_under(D("0.5"))  # one dossier in three


@pytest.mark.parametrize(("multi_year", "is_under"), [(4999, True), (5000, True), (5001, False)])
def test_the_majority_is_more_than_half(multi_year, is_under):
    """l. 174."""
    grants = [(D(multi_year) / 2, True), (D(multi_year) / 2, True), (D(10000 - multi_year), False)]
    share = multi_year_share(grants)
    assert share.is_under(D("0.5")) == is_under


def test_without_a_grant_or_a_target_there_is_nothing_to_say():
    assert not multi_year_share([]).is_under(D("0.5"))
    assert not multi_year_share([(D(1), False)]).is_under(None)


def test_delays_are_counted_in_days_of_paris():
    found = delays([(date(2027, 1, 10), date(2027, 3, 11)), (date(2027, 1, 1), date(2027, 1, 31))])
    assert (found.number, found.shortest, found.median, found.longest) == (2, 30, D(45), 60)
    assert delays([]).median is None
