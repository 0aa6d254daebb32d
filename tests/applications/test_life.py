"""Start, file, let in late, withdraw."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.applications import actions
from faubourg.applications.models import Application
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import ApplicationFactory, CallFactory, complete_application

LAST_SECOND = datetime(2027, 1, 15, 22, 59, 59, tzinfo=UTC)  # 23:59:59 in Paris
MIDNIGHT = LAST_SECOND + timedelta(seconds=1)


@pytest.fixture
def draft(cast):
    return complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)


# Start --------------------------------------------------------------------------------------------


def test_a_member_starts_a_draft(cast, editor):
    dossier = actions.start(cast.call, cast.applicant, actor=editor, title=" Été  au jardin ", now=NOW)

    assert (dossier.state, dossier.number, dossier.title) == ("draft", "", "Été  au jardin")
    assert dossier.search_text == "ete au jardin"
    assert Entry.objects.get().verb == "applications.start"


def test_a_stranger_does_not_start_for_someone_else(cast, stranger):
    with pytest.raises(PermissionDenied, match="dont vous êtes membre"):
        actions.start(cast.call, cast.applicant, actor=stranger, title="Jardins", now=NOW)


@pytest.mark.parametrize(
    ("moment", "word"), [(MIDNIGHT, "fermé"), (datetime(2026, 11, 1, 12, tzinfo=UTC), "ouvre le")]
)
def test_nobody_starts_outside_the_dates_of_the_call(cast, editor, moment, word):
    with pytest.raises(PermissionDenied, match=word):
        actions.start(cast.call, cast.applicant, actor=editor, title="Jardins", now=moment)


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_nobody_starts_on_a_call_that_is_not_open(cast, editor, state):
    call = CallFactory(contract=cast.contract, state=state, title="Autre")

    with pytest.raises(PermissionDenied):
        actions.start(call, cast.applicant, actor=editor, title="Jardins", now=NOW)


@pytest.mark.parametrize(("title", "is_refused"), [("", True), ("x" * 200, False), ("x" * 201, True)])
def test_a_title_is_given_and_fits(cast, editor, title, is_refused):
    if not is_refused:
        assert actions.start(cast.call, cast.applicant, actor=editor, title=title, now=NOW).pk
        return
    with pytest.raises(Refusal) as refusal:
        actions.start(cast.call, cast.applicant, actor=editor, title=title, now=NOW)
    assert list(refusal.value.errors) == ["title"]


# File ---------------------------------------------------------------------------------------------


def test_the_signatory_files_a_complete_draft(cast, draft, signatory, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.submit(draft, actor=signatory, now=NOW)

    draft.refresh_from_db()
    assert (draft.state, draft.number, draft.submitted_by) == ("submitted", "2027-001", signatory)
    assert draft.search_text.startswith("2027 001 ")
    entry = Entry.objects.get(verb="applications.submit")
    assert entry.changes == {"state": ["draft", "submitted"], "number": ["", "2027-001"]}
    message = Message.objects.get()
    assert message.recipient == signatory.email
    assert "2027-001" in mail.outbox[0].subject
    assert "5\u00a0000,00\u00a0€" in mail.outbox[0].body


def test_filing_twice_files_once(draft, signatory):
    actions.submit(draft, actor=signatory, now=NOW)
    actions.submit(draft, actor=signatory, now=NOW + timedelta(seconds=1))

    draft.refresh_from_db()
    assert (draft.number, draft.submitted_at) == ("2027-001", NOW)
    assert Message.objects.count() == 1
    assert Entry.objects.filter(verb="applications.submit").count() == 1


def test_a_number_is_unique_in_the_year_of_a_contract_whatever_the_call(cast, signatory):
    other = CallFactory(contract=cast.contract, title="Autre appel")
    dossiers = [
        complete_application(applicant=cast.applicant, call=call) for call in (cast.call, cast.call, other)
    ]
    for dossier in dossiers:
        actions.submit(dossier, actor=signatory, now=NOW)

    assert [dossier.number for dossier in dossiers] == ["2027-001", "2027-002", "2027-003"]


def test_the_thousandth_dossier_is_followed_by_the_next(cast, draft, signatory):
    ApplicationFactory(call=cast.call, filed=True, number="2027-1000")
    ApplicationFactory(call=cast.call, filed=True, number="2027-999", state="withdrawn")

    actions.submit(draft, actor=signatory, now=NOW)

    assert draft.number == "2027-1001"


@pytest.mark.parametrize("name", ["editor", "org_admin", "stranger", "officer"])
def test_nobody_files_but_the_signatory(request, draft, name):
    with pytest.raises(PermissionDenied, match="signataire"):
        actions.submit(draft, actor=request.getfixturevalue(name), now=NOW)


def test_the_last_day_ends_at_midnight_in_paris(cast, signatory):
    """C4 test 12."""
    early, late = (complete_application(applicant=cast.applicant, call=cast.call) for _ in range(2))
    actions.submit(early, actor=signatory, now=LAST_SECOND)
    with pytest.raises(PermissionDenied, match="fermé depuis le 15 janvier 2027"):
        actions.submit(late, actor=signatory, now=MIDNIGHT)

    late.refresh_from_db()
    assert (late.state, late.number) == ("draft", "")


def test_an_incomplete_draft_is_refused_at_its_fields_and_stays_a_draft(draft, signatory):
    draft.budget_lines.filter(account="70").delete()
    Application.objects.filter(pk=draft.pk).update(republican_pledge=False)

    with pytest.raises(Refusal) as refusal:
        actions.submit(draft, actor=signatory, now=NOW)

    assert set(refusal.value.errors) == {"balance", "republican_pledge"}
    assert "Il manque 1\u00a0000,00\u00a0€ de produits" in str(refusal.value)
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("draft", "")


def test_what_was_typed_and_does_not_stand_forbids_to_file(draft, signatory):
    draft.pending_input = {"public": {"participants_count": {"typed": ["soixante"], "why": ["Un nombre."]}}}
    draft.save()

    with pytest.raises(Refusal, match=r"Un nombre\."):
        actions.submit(draft, actor=signatory, now=NOW)


# Late (PRG-3) -------------------------------------------------------------------------------------


def test_prg_3_the_gip_lets_one_draft_in_until_a_moment(cast, draft, signatory, officer):
    until = MIDNIGHT + timedelta(days=2)
    actions.extend(draft, actor=officer, until=until, reason="Panne du site le 15 au soir", now=MIDNIGHT)
    other = complete_application(applicant=cast.applicant, call=cast.call)

    with pytest.raises(PermissionDenied, match="fermé"):
        actions.submit(other, actor=signatory, now=until)
    with pytest.raises(PermissionDenied, match="ce moment est passé"):
        actions.submit(draft, actor=signatory, now=until + timedelta(seconds=1))
    actions.submit(draft, actor=signatory, now=until)

    assert draft.number == "2027-001"
    assert Entry.objects.get(verb="applications.extend").changes["late_reason"] == [
        "",
        "Panne du site le 15 au soir",
    ]


def test_prg_3_a_reason_and_a_moment_to_come_are_demanded(draft, officer):
    with pytest.raises(Refusal) as refusal:
        actions.extend(draft, actor=officer, until=NOW, reason=" ", now=NOW)

    assert {field for field, found in refusal.value.errors.items() if found} == {"until", "reason"}


@pytest.mark.parametrize("name", ["finance", "signatory", "state_officer", "technical_admin"])
def test_prg_3_nobody_else_reopens(request, draft, name):
    with pytest.raises(PermissionDenied):
        actions.extend(
            draft, actor=request.getfixturevalue(name), until=MIDNIGHT, reason="Une bonne raison", now=NOW
        )


# Withdraw -----------------------------------------------------------------------------------------


def test_a_signatory_withdraws_with_a_reason_and_the_number_stays_taken(cast, draft, signatory):
    actions.submit(draft, actor=signatory, now=NOW)
    actions.withdraw(draft, actor=signatory, reason="Plus de bénévoles", now=NOW)
    other = complete_application(applicant=cast.applicant, call=cast.call)
    actions.submit(other, actor=signatory, now=NOW)

    draft.refresh_from_db()
    assert (draft.state, draft.number, draft.closing_reason) == ("withdrawn", "2027-001", "Plus de bénévoles")
    assert other.number == "2027-002"


def test_a_withdrawal_says_why(draft, signatory):
    with pytest.raises(Refusal):
        actions.withdraw(draft, actor=signatory, reason="  ", now=NOW)


def test_a_step_that_is_no_longer_possible_is_refused(draft, officer):
    with pytest.raises(IllegalStep, match="n'est plus possible"):
        actions.advance(draft, "declare_admissible", verb="appraisal.declare_admissible", actor=officer)


# Pages --------------------------------------------------------------------------------------------


@pytest.fixture
def frozen(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def test_signing_keeps_the_attestations_ticked_on_the_page_and_shows_the_receipt(
    client, frozen, draft, signatory
):
    Application.objects.filter(pk=draft.pk).update(
        is_accurate=False, republican_pledge=False, is_up_to_date=False
    )
    client.force_login(signatory)
    page = reverse("applications:submit", args=[draft.pk])
    sent = {
        "version": "0",
        "page": "a",
        "republican_pledge": "on",
        "is_up_to_date": "on",
        "is_accurate": "on",
    }

    first = client.post(page, sent)
    again = client.post(page, sent)

    receipt = reverse("applications:receipt", args=[draft.pk])
    assert (first.url, again.url) == (receipt, receipt)
    shown = client.get(receipt).content.decode()
    assert "2027-001" in shown
    assert "1er décembre 2026 à 11\u00a0h\u00a000" in shown
    assert Application.objects.get(pk=draft.pk).number == "2027-001"


def test_signing_an_incomplete_dossier_keeps_what_was_ticked_and_says_what_lacks(
    client, frozen, draft, signatory
):
    draft.indicators.all().delete()
    Application.objects.filter(pk=draft.pk).update(is_accurate=False)
    client.force_login(signatory)

    sent = {
        "version": "0",
        "page": "a",
        "republican_pledge": "on",
        "is_up_to_date": "on",
        "is_accurate": "on",
    }
    shown = client.post(reverse("applications:submit", args=[draft.pk]), sent, follow=True).content.decode()

    draft.refresh_from_db()
    assert draft.is_accurate
    assert draft.state == "draft"
    assert "il en manque 2" in shown


def test_there_is_no_receipt_before_filing(client, draft, signatory):
    client.force_login(signatory)

    assert client.get(reverse("applications:receipt", args=[draft.pk])).status_code == 404


def test_a_dossier_is_started_from_a_call(client, frozen, cast, editor):
    client.force_login(editor)
    page = reverse("applications:start", args=[cast.call.pk])
    assert "Jardins" not in client.get(page).content.decode()

    sent = {"call": cast.call.pk, "applicant": cast.applicant.pk, "title": "Jardins"}
    response = client.post(page, sent)

    dossier = Application.objects.get()
    assert response.url == reverse("applications:edit", args=[dossier.pk, "structure"])


def test_a_closed_call_says_so_before_anything_is_typed(client, frozen, cast, editor):
    call = CallFactory(contract=cast.contract, title="Passé", closes_on=date(2026, 11, 30))
    client.force_login(editor)

    assert (
        "fermé depuis le 30 novembre 2026"
        in client.get(reverse("applications:start", args=[call.pk])).content.decode()
    )


def test_the_gip_sees_the_titles_of_the_drafts_and_lets_one_in(client, frozen, draft, officer):
    client.force_login(officer)
    shown = client.get(reverse("applications:drafts", args=[draft.call_id])).content.decode()
    sent = {"until": "2027-01-20T18:00", "reason": "Panne du site le dernier soir"}
    client.post(reverse("applications:extend", args=[draft.pk]), sent)

    draft.refresh_from_db()
    assert draft.title in shown
    assert draft.late_until == datetime(2027, 1, 20, 17, tzinfo=UTC)


@pytest.mark.parametrize("name", ["edit", "submit", "receipt", "withdraw", "extend"])
def test_someone_elses_dossier_does_not_exist(client, draft, stranger, name):
    client.force_login(stranger)
    args = [draft.pk, "projet"] if name == "edit" else [draft.pk]

    assert client.post(reverse(f"applications:{name}", args=args)).status_code in (404, 405)


def test_a_draft_does_not_exist_for_the_gip(client, draft, officer):
    client.force_login(officer)

    assert client.get(reverse("applications:edit", args=[draft.pk, "projet"])).status_code == 404
