"""What the residents' fund may pay for (FPH-1 to FPH-3)."""

from decimal import Decimal

import pytest

from faubourg.fph.rules import (
    Told,
    amount_errors,
    line_errors,
    new_secret,
    purpose_errors,
    read_secret,
    share_errors,
    split_with,
)

CEILING = Decimal(700)


@pytest.mark.parametrize(
    ("amount", "is_refused"), [("0", True), ("0.01", False), ("700.00", False), ("700.01", True)]
)
def test_an_action_is_given_700_euros_at_most_fph_1(amount, is_refused):
    assert bool(amount_errors(Decimal(amount), CEILING, Decimal(2000))) is is_refused


def test_a_maximum_nobody_has_confirmed_blocks_nothing():
    assert amount_errors(Decimal(900), None, Decimal(2000)) == []


@pytest.mark.parametrize(("amount", "is_refused"), [("350.00", False), ("350.01", True)])
def test_nobody_asks_for_more_than_the_action_costs(amount, is_refused):
    assert bool(amount_errors(Decimal(amount), CEILING, Decimal(350))) is is_refused


@pytest.mark.parametrize(("count", "is_refused"), [(0, True), (1, False), (10, False), (11, True)])
def test_a_budget_has_one_to_ten_lines_fph_1(count, is_refused):
    assert bool(line_errors([("Pain", Decimal(5))] * count)) is is_refused


def test_a_purpose_the_rules_exclude_is_refused_with_what_the_fund_does_pay_fph_3():
    sentence = purpose_errors("profit", "Vendre", ["profit"])[0]

    assert "« vendre »" in sentence
    assert "initiatives d'habitants" in sentence
    assert purpose_errors("profit", "Vendre", []) == []


def told(pk, title="Goûter au jardin partagé", amount=400, holder="Nadia B.", phone=""):
    return Told(pk, holder, phone, title, Decimal(amount))


def test_two_halves_of_one_action_are_seen_fph_3():
    twin = told(2, "Jardin partagé : le goûter", 300)

    assert split_with(told(1), [told(1), twin], CEILING) == []  # 700.00 together is one action's worth
    twin = told(2, "Jardin partagé : le goûter", "300.01")
    assert split_with(told(1), [told(1), twin], CEILING) == [twin]


@pytest.mark.parametrize(
    "other",
    [
        told(2, "Tournoi de pétanque"),
        told(2, holder="Karim C."),
    ],
)
def test_another_purpose_or_another_holder_is_another_action_fph_3(other):
    assert split_with(told(1), [other], CEILING) == []


def test_the_same_telephone_is_the_same_holder_fph_3():
    other = told(2, holder="Les voisins", phone="0600000001")

    assert split_with(told(1, phone="0600000001"), [other], CEILING) == [other]


@pytest.mark.parametrize(("shares", "is_refused"), [(["600", "100"], False), (["600", "99.99"], True)])
def test_an_envelope_never_goes_under_what_is_granted_fph_2(shares, is_refused):
    assert bool(share_errors([Decimal(share) for share in shares], Decimal(700))) is is_refused


def test_a_secret_number_is_read_whatever_the_case_and_the_spaces():
    secret = new_secret()

    assert read_secret(f" {secret.lower().replace('-', ' ')} ") == secret
    assert read_secret(secret[:-1]) is None
    assert read_secret("O0I1-O0I1-O0I1") is None
    assert len({new_secret() for _ in range(50)}) == 50
