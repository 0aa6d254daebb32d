"""RIB: typed by one person, confirmed by another, read only by those who must (B7.3, PRG-2)."""

from base64 import b64decode

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from faubourg.accounts.models import User
from faubourg.directory import queries
from faubourg.directory.actions import (
    confirm_bank_details,
    end_membership,
    record_bank_details,
    reject_bank_details,
)
from faubourg.directory.models import BankDetails
from faubourg.journal.models import Entry
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import (
    ApplicationFactory,
    BankDetailsFactory,
    CallFactory,
    ContractFactory,
    InterestFactory,
    MembershipFactory,
    OrganisationFactory,
)

IBAN = "FR1420041010050500013M02606"
OTHER_IBAN = "FR7630006000011234567890189"
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def record(cast, actor, iban=IBAN, **fields):
    return record_bank_details(
        cast.applicant, holder="Les Mains vertes", iban=iban, actor=actor, now=NOW, **fields
    )


def confirm(details, actor):
    confirm_bank_details(fresh(details), is_checked=True, actor=User.objects.get(pk=actor.pk), now=NOW)


def fresh(details):
    return BankDetails.objects.select_related("organisation").get(pk=details.pk)


def in_force(cast):
    found = queries.bank_details(cast.applicant)
    return found.iban if found else None


def test_a_new_account_pays_only_once_a_second_person_has_confirmed_it(cast, signatory, org_admin):
    BankDetailsFactory(organisation=cast.applicant, iban=IBAN)

    details = record(cast, signatory, "FR76 3000 6000 0112 3456 7890 189")
    assert in_force(cast) == IBAN

    confirm(details, org_admin)
    assert in_force(cast) == OTHER_IBAN
    assert fresh(details).decided_at == NOW  # payments look at it (B7.3)
    assert [row.state for row in queries.bank_details_set_aside(cast.applicant)] == ["replaced"]


def test_whoever_typed_it_never_confirms_it_even_with_two_roles(cast, signatory):
    details = record(cast, signatory)
    MembershipFactory(organisation=cast.applicant, user=signatory, role="administrator")

    with pytest.raises(PermissionDenied, match="une autre personne"):
        confirm(details, signatory)
    assert in_force(cast) is None


def test_the_database_itself_refuses_the_same_person_twice(cast, signatory):
    details = record(cast, signatory)

    with pytest.raises(IntegrityError), transaction.atomic():
        BankDetails.objects.filter(pk=details.pk).update(decided_by=signatory)


@pytest.mark.parametrize("role", ["org_admin", "finance", "director"])
def test_another_keeper_or_the_gip_that_pays_confirms(role, cast, signatory, request):
    details = record(cast, signatory)

    confirm(details, request.getfixturevalue(role))

    assert in_force(cast) == IBAN


@pytest.mark.parametrize(
    "role", ["editor", "officer", "delegate", "state_officer", "technical_admin", "stranger"]
)
def test_nobody_else_confirms_nor_refuses(role, cast, signatory, request):
    details, person = record(cast, signatory), request.getfixturevalue(role)

    with pytest.raises(PermissionDenied):
        confirm(details, person)
    with pytest.raises(PermissionDenied):
        reject_bank_details(fresh(details), reason="Faux", actor=person, now=NOW)


def test_finance_tied_to_the_organisation_leaves_it_to_a_colleague(cast, signatory, finance):
    details = record(cast, signatory)
    InterestFactory(user=finance, organisation=cast.applicant)

    with pytest.raises(PermissionDenied, match="déport"):
        confirm(details, finance)


def test_the_finance_of_another_contract_confirms_nothing_here(cast, signatory, finance):
    elsewhere = ContractFactory()
    ApplicationFactory(applicant=cast.applicant, call=CallFactory(contract=elsewhere))
    details = record(cast, signatory)

    with pytest.raises(PermissionDenied):
        confirm(details, finance)


def test_one_does_not_confirm_without_having_compared(cast, signatory, org_admin):
    details = record(cast, signatory)

    with pytest.raises(Refusal, match="cochez"):
        confirm_bank_details(fresh(details), is_checked=False, actor=org_admin, now=NOW)


def test_two_confirmations_at_once_make_one(cast, signatory, org_admin, finance):
    """Both pages were open: the second to press learns that it is done, and nothing moves."""
    first = fresh(record(cast, signatory))
    second = fresh(first)

    confirm_bank_details(first, is_checked=True, actor=org_admin, now=NOW)
    with pytest.raises(IllegalStep, match="En vigueur"):
        confirm_bank_details(second, is_checked=True, actor=finance, now=NOW)

    assert fresh(second).decided_by == org_admin
    assert Entry.objects.filter(verb="directory.confirm_bank_details").count() == 1


def test_a_page_left_open_does_not_confirm_an_account_changed_since(cast, signatory, org_admin):
    stale = fresh(record(cast, signatory))
    record(cast, signatory, OTHER_IBAN)

    with pytest.raises(IllegalStep):
        confirm_bank_details(stale, is_checked=True, actor=org_admin, now=NOW)
    assert in_force(cast) is None


def test_a_refusal_says_why_and_leaves_the_former_account(cast, signatory, org_admin):
    BankDetailsFactory(organisation=cast.applicant, iban=IBAN)
    details = record(cast, signatory, OTHER_IBAN)

    with pytest.raises(Refusal, match="Dites pourquoi"):
        reject_bank_details(fresh(details), reason="  ", actor=org_admin, now=NOW)
    reject_bank_details(fresh(details), reason="Compte personnel", actor=org_admin, now=NOW)

    assert in_force(cast) == IBAN
    assert fresh(details).reason == "Compte personnel"
    with pytest.raises(IllegalStep):
        confirm(details, org_admin)


def test_the_keepers_are_told_and_no_whole_number_leaves_nor_is_written(
    cast, signatory, org_admin, finance, editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        details = record(cast, signatory)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(details, finance)

    told = {(letter.to[0].split("<")[1][:-1], letter.subject.split(" :")[0]) for letter in mail.outbox}
    assert told == {
        (signatory.email, "RIB à confirmer"),
        (org_admin.email, "RIB à confirmer"),
        (signatory.email, "RIB confirmé"),
        (org_admin.email, "RIB confirmé"),
        (finance.email, "RIB confirmé"),
    }
    written = "".join(letter.body for letter in mail.outbox)
    written += "".join(str(entry.changes) + entry.subject for entry in Entry.objects.all())
    assert "FR14 •••• 2606" in written
    assert IBAN not in written.replace(" ", "").replace("\u00a0", "")


def test_the_same_account_typed_twice_is_one(cast, signatory):
    assert record(cast, signatory) == record(cast, signatory)
    assert BankDetails.objects.count() == 1


def test_the_same_account_sent_twice_with_its_paper_is_one(cast, signatory):
    """A double click: same numbers, same file. Another file is another account to look at."""

    def paper(content=PNG):
        return SimpleUploadedFile("rib.png", content)

    first = record(cast, signatory, paper=paper())
    assert record(cast, signatory, paper=paper()) == first
    assert record(cast, signatory) == first
    assert BankDetails.objects.count() == 1

    record(cast, signatory, paper=paper(PNG + b"\0"))
    assert BankDetails.objects.count() == 2


def test_a_wrong_iban_is_refused_in_french(cast, signatory):
    with pytest.raises(Refusal) as refusal:
        record(cast, signatory, IBAN.replace("1", "2", 1))

    assert "Cet IBAN est faux" in refusal.value.errors["iban"][0]


def test_the_gip_never_writes_a_bank_account(cast, director):
    with pytest.raises(PermissionDenied):
        record(cast, director)


def test_someone_who_left_the_organisation_confirms_nothing(cast, signatory, org_admin):
    details = record(cast, signatory)
    other = cast.member("administrator", name="Partie")
    end_membership(cast.applicant, other, actor=org_admin, now=NOW)

    with pytest.raises(PermissionDenied):
        confirm(details, other)


# The pages ----------------------------------------------------------------------------------------


def test_the_signatory_records_then_the_administrator_confirms_on_screen(cast, client, signatory, org_admin):
    page = reverse("directory:record_bank_details", args=[cast.applicant.pk])
    client.force_login(signatory)
    client.post(page, {"holder": "Mains", "iban": IBAN, "paper": SimpleUploadedFile("rib.png", PNG)})
    details = BankDetails.objects.get()
    confirm_page = reverse("directory:confirm_bank_details", args=[cast.applicant.pk, details.pk])
    assert client.get(confirm_page).status_code == 403

    client.force_login(org_admin)
    assert confirm_page in client.get(reverse("directory:show", args=[cast.applicant.pk])).content.decode()
    assert "cochez la case" in client.post(confirm_page).content.decode()
    assert client.post(confirm_page, {"is_checked": "on"}).status_code == 302
    assert in_force(cast) == IBAN


@pytest.mark.parametrize(
    ("role", "status"),
    [("signatory", 200), ("org_admin", 200), ("finance", 200), ("director", 200),
     ("officer", 403), ("editor", 403), ("technical_admin", 403), ("state_officer", 404), ("stranger", 404)],
)  # fmt: skip
def test_the_paper_of_the_bank_is_read_by_those_who_read_the_account(role, status, cast, client, request):
    person = request.getfixturevalue(role)
    typist = cast.member("signatory", name="Saisie")
    details = record(cast, typist, paper=SimpleUploadedFile("rib.png", PNG))
    client.force_login(person)

    url = reverse("directory:bank_paper", args=[cast.applicant.pk, details.pk])

    response = client.get(url)
    b"".join(response)  # read to the end, so that the file is closed
    response.close()
    assert response.status_code == status


def test_the_account_of_one_organisation_is_not_reached_by_the_page_of_another(cast, client, signatory):
    own = OrganisationFactory()
    MembershipFactory(organisation=own, user=signatory, role="administrator")
    details = BankDetailsFactory(organisation=own)
    client.force_login(signatory)

    url = reverse("directory:confirm_bank_details", args=[cast.applicant.pk, details.pk])

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("role", ["officer", "editor"])
def test_who_may_not_read_accounts_sees_neither_the_new_nor_the_former_ones(role, cast, client, request):
    typist = cast.member("signatory", name="Saisie")
    BankDetailsFactory(organisation=cast.applicant, iban=OTHER_IBAN, state="replaced")
    record(cast, typist)
    client.force_login(request.getfixturevalue(role))

    page = client.get(reverse("directory:show", args=[cast.applicant.pk])).content.decode()

    assert "FR14\u00a02004" not in page
    assert "Anciens RIB" not in page


def test_home_tells_whoever_may_confirm_and_not_the_one_who_typed(
    cast, client, signatory, org_admin, finance
):
    ApplicationFactory(applicant=cast.applicant, call=cast.call)
    details = record(cast, signatory)
    url = reverse("directory:confirm_bank_details", args=[cast.applicant.pk, details.pk])

    seen = {}
    for person in (signatory, org_admin, finance):
        client.force_login(person)
        seen[person.full_name] = url in client.get("/").content.decode()

    assert seen == {"Awa Diallo": False, "Aline Administratrice": True, "Fanny Finance": True}
