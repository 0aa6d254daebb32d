"""ASS-4: the GIP types in the name of an applicant; only the signatory signs, on the screen or on paper."""

from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.applications import actions
from faubourg.applications.models import Application
from faubourg.applications.rules import paper_problems
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import InterestFactory, complete_application

OPENS, LAST = date(2026, 11, 2), date(2027, 1, 15)
LATER = datetime(2027, 1, 20, 9, tzinfo=UTC)


@pytest.fixture
def draft(cast):
    return complete_application(
        applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope, is_assisted=True
    )


@pytest.fixture
def private(cast):
    return complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)


def scan():
    output = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(output)
    return SimpleUploadedFile("signe.pdf", output.getvalue())


@pytest.fixture
def file_paper(draft, officer):
    def act(received_on=LAST, now=LATER, actor=officer, signed_by="Awa Diallo, présidente"):
        actions.file_paper(
            draft, actor=actor, received_on=received_on, signed_by=signed_by, upload=scan(), now=now
        )
        return Application.objects.get(pk=draft.pk)

    return act


@pytest.mark.parametrize(
    ("received_on", "late_until", "is_refused"),
    [
        (OPENS, None, False),
        (date(2026, 11, 1), None, True),
        (LAST, None, False),
        (date(2027, 1, 16), None, True),
        (date(2027, 1, 18), date(2027, 1, 18), False),
        (date(2027, 1, 19), date(2027, 1, 18), True),
        (date(2027, 1, 21), date(2027, 2, 1), True),
    ],
)
def test_the_day_of_receipt_is_the_one_that_counts(received_on, late_until, is_refused):
    """The last one: it is the 20th, nothing can have come on the 21st."""
    assert bool(paper_problems(received_on, date(2027, 1, 20), OPENS, LAST, late_until)) is is_refused


# Typing for somebody -------------------------------------------------------------------------------


def test_the_gip_begins_and_types_in_the_name_of_an_organisation_under_its_own_name(cast, officer, editor):
    dossier = actions.start_for(cast.call, cast.applicant, actor=officer, title="Jardins", now=NOW)
    actions.save_part(dossier, "projet", {"need": "De l'ombre"}, actor=officer, now=NOW)
    actions.save_part(dossier, "projet", {"partners": "La ville"}, actor=editor, now=NOW)

    assert (dossier.applicant, dossier.created_by, dossier.need) == (cast.applicant, officer, "De l'ombre")
    assert Entry.objects.filter(actor=officer).values_list("verb", flat=True).count() == 2
    assert Entry.objects.get(verb="applications.start_for").changes["applicant"] == ["", "Les Mains vertes"]


def test_only_the_signatory_files_what_the_gip_typed(draft, officer, signatory):
    with pytest.raises(PermissionDenied, match="signataire"):
        actions.submit(draft, actor=officer, now=NOW)

    actions.submit(draft, actor=signatory, now=NOW)
    assert draft.submitted_by == signatory


def test_a_draft_stays_private_until_its_organisation_opens_it_and_again_once_closed(
    client, private, officer, editor
):
    client.force_login(officer)
    address = reverse("applications:edit", args=[private.pk, "projet"])
    assert client.get(address).status_code == 404

    actions.ask_help(private, actor=editor, now=NOW)
    assert "Vous écrivez au nom de la structure" in client.get(address).content.decode()

    actions.end_help(private, actor=editor, now=NOW)
    assert client.get(address).status_code == 404


def test_the_gip_does_not_open_a_draft_to_itself(private, officer):
    with pytest.raises(PermissionDenied):
        actions.ask_help(private, actor=officer, now=NOW)


def test_the_applicant_reads_who_types_for_it(client, draft, officer, editor):
    actions.save_part(draft, "projet", {"need": "De l'ombre"}, actor=officer, now=NOW)
    client.force_login(editor)
    page = client.get(reverse("applications:edit", args=[draft.pk, "projet"])).content.decode()

    assert "Le GIP peut écrire dans ce brouillon pour vous" in page
    assert "par Omar Chargé" in page


def test_neither_a_funder_nor_an_officer_tied_to_the_organisation_types_for_it(
    cast, draft, state_officer, officer
):
    with pytest.raises(PermissionDenied):
        actions.start_for(cast.call, cast.applicant, actor=state_officer, title="X", now=NOW)
    InterestFactory(user=officer, organisation=cast.applicant)
    with pytest.raises(PermissionDenied, match="déport"):
        actions.start_for(cast.call, cast.applicant, actor=officer, title="X", now=NOW)
    with pytest.raises(PermissionDenied):
        actions.save_part(draft, "projet", {"need": "X"}, actor=officer, now=NOW)


# On paper -------------------------------------------------------------------------------------------


def test_a_paper_received_in_time_is_filed_after_the_last_day(cast, file_paper, officer):
    dossier = file_paper()

    assert (dossier.state, dossier.number, dossier.submitted_by) == ("submitted", "2027-001", officer)
    assert (dossier.paper_received_on, dossier.paper_signed_by) == (LAST, "Awa Diallo, présidente")
    assert dossier.papers.get().document == dossier.paper_scan
    assert Entry.objects.get(verb="applications.file_paper").changes["paper_received_on"] == [
        None, "2027-01-15",
    ]  # fmt: skip
    assert Message.objects.get().recipient == cast.applicant.email


def test_a_paper_received_late_is_not_filed_without_reopening(file_paper, draft):
    with pytest.raises(Refusal, match="après le dernier jour"):
        file_paper(received_on=date(2027, 1, 16))
    assert Application.objects.get(pk=draft.pk).state == "draft"


def test_a_paper_filed_twice_is_filed_once(file_paper):
    assert file_paper().number == file_paper().number
    assert Entry.objects.filter(verb="applications.file_paper").count() == 1


def test_a_paper_is_signed_and_complete(draft, file_paper):
    with pytest.raises(Refusal, match="qui a signé"):
        file_paper(signed_by=" ")
    Application.objects.filter(pk=draft.pk).update(need="")
    with pytest.raises(Refusal, match="besoin"):
        file_paper()


def test_the_applicant_does_not_file_on_paper(file_paper, signatory):
    with pytest.raises(PermissionDenied):
        file_paper(actor=signatory)


def test_from_the_list_of_drafts_to_the_receipt(client, cast, draft, officer):
    cast.call.opens_on, cast.call.closes_on = date(2020, 1, 1), date(2099, 1, 1)
    cast.call.save()
    client.force_login(officer)
    drafts = client.get(reverse("applications:drafts", args=[cast.call.pk])).content.decode()
    assert reverse("applications:start_for", args=[cast.call.pk]) in drafts
    assert reverse("applications:edit", args=[draft.pk, "projet"]) in drafts

    address = reverse("applications:file_paper", args=[draft.pk])
    sent = {"received_on": localdate().isoformat(), "signed_by": "Awa Diallo", "upload": scan()}
    answer = client.post(address, sent, follow=True)

    assert "signé par Awa Diallo" in answer.content.decode()
