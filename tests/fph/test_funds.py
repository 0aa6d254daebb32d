"""The fund of a year: who pays into it, under which rules, told to everyone (FPH-2, FPH-5)."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.fph.actions import adopt_rules, open_fund
from faubourg.fph.models import Fund, FundRules
from faubourg.toolkit.refusal import Refusal
from tests.factories import FundFactory, FundRulesFactory, SignatoryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
RULES = {
    "adopted_by": "le COPIL",
    "text": "Texte",
    "excluded": ["profit"],
    "quorum": 3,
    "decides_in_days": 15,
}


def test_the_gip_opens_a_fund_and_says_who_pays_fph_2(client, cast, officer):
    SignatoryFactory(contract=cast.contract, organisation=cast.state)
    client.force_login(officer)

    client.post(reverse("fph:open_fund", args=[cast.contract.slug]), {"year": 2027, "opens_on": "2027-01-04"})
    fund = Fund.objects.get()
    client.post(reverse("fph:set_share", args=[fund.pk]), {"funder": cast.state.pk, "amount": "2 000,50"})

    page = client.get(reverse("fph:fund", args=[fund.pk])).content.decode()
    assert 'État</th><td class="num">2\u00a0000,50' in page


def test_a_place_has_one_fund_a_year(cast, officer):
    FundFactory(contract=cast.contract, year=2027)

    with pytest.raises(Refusal, match="déjà ouvert"):
        open_fund(
            cast.contract, neighbourhood=None, year=2027, opens_on=date(2027, 1, 1), actor=officer, now=NOW
        )


def test_only_the_gip_opens_a_fund(cast, councillor):
    with pytest.raises(PermissionDenied, match="GIP"):
        open_fund(
            cast.contract, neighbourhood=None, year=2027, opens_on=date(2027, 1, 1), actor=councillor, now=NOW
        )


def test_rules_have_versions_and_the_page_shows_the_one_in_force_fph_5(client, cast, officer, clock):
    clock(NOW)
    fund = FundFactory(contract=cast.contract)
    first = adopt_rules(cast.contract, adopted_on=date(2026, 1, 10), actor=officer, now=NOW, **RULES)
    again = adopt_rules(cast.contract, adopted_on=date(2026, 1, 10), actor=officer, now=NOW, **RULES)
    second = adopt_rules(
        cast.contract,
        adopted_on=date(2026, 11, 2),
        actor=officer,
        now=NOW,
        **RULES | {"text": "Nouveau texte"},
    )

    assert again == first
    assert [rules.version for rules in (first, second)] == [1, 2]
    assert FundRules.objects.count() == 2
    page = client.get(reverse("fph:fund", args=[fund.pk])).content.decode()
    assert "Version 2, adoptée le 2 novembre 2026 par le COPIL" in page
    assert "Nouveau texte" in page
    with pytest.raises(Refusal, match="plus récente"):
        adopt_rules(cast.contract, adopted_on=date(2026, 10, 1), actor=officer, now=NOW, **RULES)


def test_rules_to_come_are_not_yet_in_force_fph_5(client, cast, clock):
    clock(NOW)
    fund = FundFactory(contract=cast.contract)
    FundRulesFactory(contract=cast.contract, adopted_on=date(2026, 12, 2))

    assert "n'a pas encore été adopté" in client.get(reverse("fph:fund", args=[fund.pk])).content.decode()


def test_a_fund_does_not_close_before_it_opens(client, cast, officer):
    fund = FundFactory(contract=cast.contract)
    client.force_login(officer)

    answer = client.post(
        reverse("fph:amend_fund", args=[fund.pk]), {"opens_on": "2026-02-02", "closes_on": "2026-02-01"}
    )

    assert list(answer.context["form"].errors) == ["closes_on"]


def test_everyone_reads_how_to_ask_and_unknown_money_is_said(client, cast):
    FundFactory(contract=cast.contract)

    index = client.get(reverse("fph:index")).content.decode()
    fund = Fund.objects.get()

    assert str(fund) in index.replace("&#x27;", "'")
    page = client.get(reverse("fph:fund", args=[fund.pk])).content.decode()
    assert "à confirmer" in page
    assert "0,00" not in page


def test_the_page_tells_what_the_rules_exclude_and_nothing_else_fph_3(client, cast, clock):
    clock(NOW)
    fund = FundFactory(contract=cast.contract)
    address = reverse("fph:fund", args=[fund.pk])
    assert "Vendre, ou gagner" in client.get(address).content.decode()

    FundRulesFactory(contract=cast.contract, excluded=["worship"])

    page = client.get(address).content.decode()
    assert "Un culte, un parti ou un syndicat" in page
    assert "Vendre, ou gagner" not in page
