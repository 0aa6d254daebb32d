"""The identity of an organisation: one record, two hands, nobody's words lost (ASS-1)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.directory.actions import edit_organisation
from faubourg.directory.models import Organisation
from faubourg.directory.queries import missing
from faubourg.directory.rules import identity_errors, mask_iban
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import BankDetailsFactory, OrganisationFactory

IBAN = "FR1420041010050500013M02606"
OTHER_IBAN = "FR7630006000011234567890189"


def test_the_editor_changes_the_identity_and_the_journal_keeps_both_values(cast, editor):
    edit_organisation(cast.applicant, {"town": "Bessèges"}, version=1, actor=editor, now=NOW)

    assert Organisation.objects.get(pk=cast.applicant.pk).town == "Bessèges"
    assert cast.applicant.version == 2
    assert Entry.objects.get(verb="directory.edit_organisation").changes == {
        "town": ["Saint-Ambroix", "Bessèges"]
    }


def test_two_people_editing_are_told_and_nothing_is_overwritten(cast, editor, officer):
    edit_organisation(cast.applicant, {"town": "Bessèges"}, version=1, actor=officer, now=NOW)

    with pytest.raises(Refusal, match="Quelqu'un d'autre") as refusal:
        edit_organisation(cast.applicant, {"town": "Alès", "phone": "04"}, version=1, actor=editor, now=NOW)

    assert "Bessèges" in refusal.value.errors["town"][0]
    assert Organisation.objects.get(pk=cast.applicant.pk).town == "Bessèges"


def test_the_technical_administrator_does_not_edit_an_identity(cast, technical_admin):
    with pytest.raises(PermissionDenied):
        edit_organisation(cast.applicant, {"town": "Alès"}, version=1, actor=technical_admin, now=NOW)


def test_what_is_missing_is_named(cast):
    said = missing(cast.applicant)

    assert "le téléphone" in said
    assert "le numéro RNA" in said
    assert "l'adresse" not in said
    assert "le numéro RNA" not in missing(OrganisationFactory(kind="commune"))


@pytest.mark.parametrize(
    ("postcode", "code", "wrong"),
    [
        ("30500", "30227", set()),
        ("3050", "", {"postcode"}),
        ("", "2A004", set()),
        ("", "3022", {"insee_code"}),
    ],
)
def test_codes_have_five_characters(postcode, code, wrong):
    assert set(identity_errors({"name": "X", "postcode": postcode, "insee_code": code})) == wrong


@pytest.mark.parametrize(
    ("role", "sees"),
    [("director", True), ("finance", True), ("signatory", True), ("org_admin", True), ("officer", False),
     ("editor", False), ("technical_admin", False)],
)  # fmt: skip
def test_the_page_shows_the_account_only_to_those_who_pay_or_sign(role, sees, request, cast, client):
    BankDetailsFactory(organisation=cast.applicant, iban=IBAN)
    client.force_login(request.getfixturevalue(role))

    page = client.get(reverse("directory:show", args=[cast.applicant.pk])).content.decode()

    assert ("FR14\u00a02004" in page) is sees
    assert ("FR14 •••• 2606" in page) is not sees


def test_a_masked_account_can_be_recognised_not_used():
    assert mask_iban(IBAN) == "FR14 •••• 2606"
