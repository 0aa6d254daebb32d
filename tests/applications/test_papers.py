"""Papers: joined, read, taken away, and who may."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faubourg.applications import actions, queries
from faubourg.applications.models import Application
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import RequiredPaperFactory, complete_application


@pytest.fixture
def draft(cast):
    return complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)


def png(name="statuts.png"):
    content = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6300010000000500010d0a2d"
        "b40000000049454e44ae426082"
    )
    return SimpleUploadedFile(name, content, "image/png")


@pytest.mark.parametrize(
    ("scope", "recurrence", "kind", "is_wanted"),
    [
        ("all", "first", "commune", True),
        ("associations", "first", "association", True),
        ("associations", "first", "commune", False),
        ("renewals", "first", "association", False),
        ("renewals", "renewal", "association", True),
    ],
)
def test_a_paper_is_asked_from_those_it_concerns(cast, draft, scope, recurrence, kind, is_wanted):
    RequiredPaperFactory(call=cast.call, scope=scope, label="Pièce")
    draft.applicant.kind = kind
    draft.applicant.save()
    draft.recurrence = recurrence
    draft.save()

    sentences = [problem.sentence for problem in queries.problems_of(Application.objects.get(pk=draft.pk))]
    assert ("Joignez la pièce « Pièce »." in sentences) is is_wanted


def test_an_optional_paper_is_not_missing(cast, draft):
    RequiredPaperFactory(call=cast.call, is_required=False)

    assert queries.blocking_problems(draft) == []


def test_a_paper_is_joined_read_and_taken_away(client, cast, draft, editor):
    wanted = RequiredPaperFactory(call=cast.call)
    client.force_login(editor)
    client.post(reverse("applications:attach_paper", args=[draft.pk]), {"paper": wanted.pk, "upload": png()})
    paper = draft.papers.get()

    assert queries.blocking_problems(Application.objects.get(pk=draft.pk)) == []
    response = client.get(reverse("applications:paper", args=[draft.pk, paper.pk]))
    assert "attachment" in response["Content-Disposition"]
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    client.post(reverse("applications:remove_paper", args=[draft.pk, paper.pk]))
    assert not draft.papers.exists()


def test_a_file_that_is_not_what_it_says_is_refused_and_said(client, draft, editor):
    client.force_login(editor)
    wrong = SimpleUploadedFile("statuts.pdf", b"<html>", "application/pdf")
    address = reverse("applications:attach_paper", args=[draft.pk])

    shown = client.post(address, {"paper": "autre", "upload": wrong}, follow=True).content.decode()

    assert shown.count("« statuts.pdf » n&#x27;est pas joint") == 2  # in the summary, and at the field
    assert '<a href="#fichier-autre">Autre pièce</a>' in shown
    assert 'id="fichier-autre" aria-invalid="true" aria-describedby="fichier-autre_error"' in shown
    assert shown.count("aria-invalid") == 1
    assert not draft.papers.exists()


def test_no_file_is_said(client, draft, editor):
    client.force_login(editor)

    shown = client.post(reverse("applications:attach_paper", args=[draft.pk]), follow=True).content.decode()
    assert "Choisissez d&#x27;abord un fichier" in shown


def test_a_paper_of_another_call_is_refused(draft, editor):
    with pytest.raises(Refusal, match="pas demandée"):
        actions.attach_paper(draft, png(), required_paper=RequiredPaperFactory(), actor=editor, now=NOW)


def test_only_members_join_papers(draft, officer):
    with pytest.raises(PermissionDenied):
        actions.attach_paper(draft, png(), actor=officer, now=NOW)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("editor", 200), ("officer", 200), ("state_decider", 200), ("delegate", 200), ("expert", 200),
        ("councillor", 403), ("reader", 403), ("stranger", 404), ("technical_admin", 404),
    ],
)  # fmt: skip
def test_who_opens_a_paper_of_a_filed_dossier(client, request, draft, editor, name, status):
    paper = actions.attach_paper(draft, png(), actor=editor, now=NOW)
    Application.objects.filter(pk=draft.pk).update(state="submitted", submitted_at=NOW, number="2027-001")
    client.force_login(request.getfixturevalue(name))

    response = client.get(reverse("applications:paper", args=[draft.pk, paper.pk]))
    response.close()
    assert response.status_code == status
