"""The yearly allowance of a council: spent to the cent, never beyond, with its receipts (CIT-4)."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate
from PIL import Image

from faubourg.consultation import actions
from faubourg.consultation.models import CouncilExpense
from faubourg.consultation.queries import ALLOWANCE, allowances_of, total_of
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import CitizenCouncilFactory, ParameterFactory

PICTURE = BytesIO()
Image.new("RGB", (4, 4), "white").save(PICTURE, "PNG")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def allowance(cast):
    return ParameterFactory(contract=cast.contract, code=ALLOWANCE, value=300, unit="€ par an")


def spend(cast, actor, amount, **said):
    told = {"spent_on": TODAY, "purpose": "supplies", "label": "Affiches", "amount": Decimal(amount)}
    return actions.record_expense(cast.council, actor=actor, now=NOW, **{**told, **said})


def test_an_allowance_is_spent_to_the_cent_and_not_a_cent_more(cast, officer):
    spend(cast, officer, "299.99")
    with pytest.raises(Refusal) as refusal:
        spend(cast, officer, "0.02", label="Punaises")
    assert refusal.value.errors["amount"][0].replace("\xa0", " ").startswith("Il reste 0,01 €")

    spend(cast, officer, "0.01", label="Une punaise")

    assert allowances_of(cast.contract.pk, TODAY.year)[0].left == 0


def test_each_year_has_its_own_allowance_and_a_second_click_spends_once(cast, finance):
    spend(cast, finance, "300")
    assert spend(cast, finance, "300").pk == CouncilExpense.objects.get().pk
    spend(cast, finance, "300", spent_on=date(TODAY.year - 1, 12, 31))

    assert [allowances_of(cast.contract.pk, year)[0].left for year in (TODAY.year, TODAY.year - 1)] == [0, 0]


def test_an_unknown_allowance_or_one_of_general_knowledge_stops_nothing(cast, officer, allowance):
    allowance.proof_level = "general"
    allowance.save()
    spend(cast, officer, "301")
    allowance.delete()
    spend(cast, officer, "302")

    assert allowances_of(cast.contract.pk, TODAY.year)[0].left is None


def test_an_expense_says_what_and_is_not_to_come_and_only_the_team_notes_it(cast, officer, councillor):
    with pytest.raises(Refusal) as refusal:
        spend(cast, officer, "10", label=" ", spent_on=date(TODAY.year + 1, 1, 1))
    assert set(refusal.value.errors) == {"spent_on", "label"}
    with pytest.raises(PermissionDenied):
        spend(cast, councillor, "10")


def test_eight_councils_make_one_total_where_a_stopped_one_is_told_apart(client, cast, officer):
    stopped = CitizenCouncilFactory(contract=cast.contract, status="stopped")
    CitizenCouncilFactory(contract=cast.contract)
    spend(cast, officer, "100")

    total = total_of(allowances_of(cast.contract.pk, TODAY.year))

    assert (total.if_all_lived, total.granted, total.spent, total.left) == (900, 600, 100, 500)
    client.force_login(officer)
    page = client.get(reverse("consultation:allowance", args=[stopped.pk])).content.decode()
    assert "Ce conseil est arrêté" in page


def test_a_receipt_comes_later_and_is_read_by_its_council_only(client, cast, officer, councillor, reader):
    expense = spend(cast, officer, "10")
    assert allowances_of(cast.contract.pk, TODAY.year)[0].without_receipt == 1

    upload = SimpleUploadedFile("facture.png", PICTURE.getvalue())
    actions.attach_receipt(expense, actor=officer, receipt=upload, now=NOW)

    assert allowances_of(cast.contract.pk, TODAY.year)[0].without_receipt == 0
    address = reverse("consultation:receipt", args=[expense.pk])
    other = cast.seat("councillor", CitizenCouncilFactory(contract=cast.contract).organisation)
    for person, status in ((councillor, 200), (reader, 403), (other, 403)):
        client.force_login(person)
        answer = client.get(address)
        assert answer.status_code == status
        b"".join(answer)


def test_an_expense_noted_by_mistake_is_withdrawn(cast, officer):
    expense = spend(cast, officer, "300")
    actions.withdraw_expense(expense, actor=officer, now=NOW)
    actions.withdraw_expense(expense, actor=officer, now=NOW)

    assert allowances_of(cast.contract.pk, TODAY.year)[0].left == 300


def test_what_was_typed_is_kept_when_the_allowance_is_exceeded(client, cast, officer):
    client.force_login(officer)
    page = client.post(
        reverse("consultation:record_expense", args=[cast.council.pk]),
        {"spent_on": localdate().isoformat(), "purpose": "other", "label": "Un barnum", "amount": "300,01"},
    ).content.decode()
    assert "cette dépense la dépasse" in page
    assert "Un barnum" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_tables_cost_the_same_however_long_they_are(
    client, cast, officer, django_assert_max_num_queries, count
):
    for number in range(count):
        CitizenCouncilFactory(contract=cast.contract)
        spend(cast, officer, "10", label=f"Achat {number}")
    client.force_login(officer)
    for address in (
        reverse("consultation:allowances", args=[cast.contract.slug]),
        reverse("consultation:allowance", args=[cast.council.pk]),
    ):
        with django_assert_max_num_queries(7):
            assert client.get(address).status_code == 200
