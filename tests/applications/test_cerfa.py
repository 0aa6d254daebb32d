"""The dossier as a PDF in the order of the Cerfa 12156."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from tests.conftest import NOW
from tests.factories import BankDetailsFactory, complete_application
from tests.toolkit.test_typeset import letters, pytestmark  # noqa: F401 -- without the fonts, no PDF


@pytest.fixture
def draft(cast):
    return complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)


@pytest.fixture
def read(client, draft):
    def read(someone):
        client.force_login(someone)
        answer = client.get(reverse("applications:cerfa", args=[draft.pk]))
        assert answer.status_code == 200
        with pikepdf.open(BytesIO(answer.content)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == "fr-FR" or str(pdf.Root.Lang) == "fr"
            words = "".join("".join(letters(page)) for page in pdf.pages)
        return words.replace("\u00a0", "").replace(" ", "")

    return read


def test_its_parts_come_in_the_order_of_the_form(draft, read, editor):
    draft.budget_lines.filter(account="64").update(amount="3999.50")
    words = read(editor)

    order = ["1.Identification", "4.Moyenshumains", "6.Projet", "Budgetduprojet", "7.Attestations"]
    places = [words.index(one) for one in order]
    assert places == sorted(places)
    assert "4000€" in words, "to the euro, half up (B3.13)"
    assert "3999" not in words.split("Àéquilibrer")[0]


def test_a_draft_says_it_is_one_and_a_filed_dossier_does_not(draft, read, editor):
    assert "BROUILLON" in read(editor).upper()

    type(draft).objects.filter(pk=draft.pk).update(state="submitted", number="2027-001", submitted_at=NOW)
    assert "BROUILLON" not in read(editor).upper()


def test_the_bank_account_is_only_for_those_who_may_read_it(
    cast, draft, read, signatory, editor, finance, expert
):
    BankDetailsFactory(organisation=cast.applicant)
    type(draft).objects.filter(pk=draft.pk).update(state="submitted", number="2027-001", submitted_at=NOW)

    assert "FR14" in read(signatory)
    assert "FR14" in read(finance)
    for someone in (editor, expert):
        assert "FR14" not in read(someone)


def test_someone_else_s_draft_does_not_exist(client, draft, stranger, officer):
    for someone in (stranger, officer):
        client.force_login(someone)
        assert client.get(reverse("applications:cerfa", args=[draft.pk])).status_code == 404
