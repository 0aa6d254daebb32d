"""A paper of an organisation is given once, with its dates; it is reminded before it ends (ASS-1)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.directory.actions import add_organisation_paper, withdraw_organisation_paper
from faubourg.directory.jobs import remind_of_papers
from faubourg.directory.models import OrganisationPaper
from faubourg.directory.queries import valid_papers
from faubourg.directory.rules import reminder_due
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.applications.test_papers import png
from tests.conftest import NOW, TODAY


def add(cast, actor, kind="insurance", **fields):
    return add_organisation_paper(
        cast.applicant, kind=kind, **({"upload": png()} | fields), actor=actor, now=NOW
    )


@pytest.mark.parametrize("role", ["editor", "org_admin", "officer", "director", "finance"])
def test_those_who_keep_the_page_add_papers(role, cast, request):
    paper = add(cast, request.getfixturevalue(role))

    assert valid_papers(cast.applicant.pk, TODAY) == {"insurance": paper}
    assert Entry.objects.get(verb="directory.add_organisation_paper").subject == "Les Mains vertes"


@pytest.mark.parametrize("role", ["stranger", "delegate", "state_officer", "technical_admin", "reader"])
def test_nobody_else_does(role, cast, request, editor):
    with pytest.raises(PermissionDenied):
        add(cast, request.getfixturevalue(role))
    paper = add(cast, editor)
    with pytest.raises(PermissionDenied):
        withdraw_organisation_paper(paper, actor=request.getfixturevalue(role), now=NOW)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "accounts"}, "year"),
        ({"kind": "accounts", "year": 2027}, "year"),
        ({"kind": "bank"}, "kind"),
        ({"valid_until": TODAY - timedelta(days=1)}, "valid_until"),
        ({"valid_from": TODAY + timedelta(days=2), "valid_until": TODAY + timedelta(days=1)}, "valid_until"),
        ({"upload": None}, "upload"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast, editor, fields, field):
    with pytest.raises(Refusal) as refusal:
        add(cast, editor, **fields)
    assert [name for name, said in refusal.value.errors.items() if said] == [field]


@pytest.mark.parametrize(
    ("first", "last", "day", "is_valid"),
    [
        (None, None, TODAY, True),
        (TODAY, None, TODAY, True),
        (TODAY + timedelta(days=1), None, TODAY, False),
        (None, TODAY, TODAY, True),
        (None, TODAY, TODAY + timedelta(days=1), False),
    ],
)
def test_a_paper_counts_on_each_of_its_days_and_no_other(cast, editor, first, last, day, is_valid):
    add(cast, editor, valid_from=first, valid_until=last)
    assert bool(valid_papers(cast.applicant.pk, day)) is is_valid


def test_the_latest_accounts_answer(cast, editor):
    add(cast, editor, kind="accounts", year=2025)
    add(cast, editor, kind="accounts", year=2024)
    assert valid_papers(cast.applicant.pk, TODAY)["accounts"].year == 2025


def test_a_paper_withdrawn_is_kept_and_no_longer_answers(cast, editor):
    paper = add(cast, editor)
    withdraw_organisation_paper(paper, actor=editor, now=NOW)

    assert valid_papers(cast.applicant.pk, TODAY) == {}
    assert OrganisationPaper.objects.count() == 1
    with pytest.raises(IllegalStep, match="déjà retirée"):
        withdraw_organisation_paper(paper, actor=editor, now=NOW)


# Reminders ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "reminded", "due"),
    [(61, None, None), (60, None, 60), (60, 60, None), (31, 60, None), (30, 60, 30), (30, None, 30),
     (30, 30, None), (0, 60, 30), (-1, 60, None)],
)  # fmt: skip
def test_each_reminder_is_due_once_at_sixty_then_thirty_days(left, reminded, due):
    assert reminder_due(date(2027, 3, 1) + timedelta(days=left), date(2027, 3, 1), reminded) == due


def test_the_keepers_are_reminded_twice_in_the_life_of_a_paper(cast, org_admin, editor):
    add(cast, editor, valid_until=TODAY + timedelta(days=61))
    sent = []
    for days in (0, 1, 1, 2, 31, 31, 40, 61, 62):
        remind_of_papers(NOW + timedelta(days=days))
        sent.append(Message.objects.filter(kind="directory.paper_expires").count())

    assert sent == [0, 2, 2, 2, 4, 4, 4, 4, 4]
    assert set(Message.objects.values_list("recipient", flat=True)) >= {editor.email, org_admin.email}
    assert set(Message.objects.values_list("state", flat=True)) == {"held"}  # in the digest of the day


def test_a_paper_already_renewed_or_withdrawn_is_not_reminded(cast, editor):
    add(cast, editor, valid_until=TODAY + timedelta(days=20))
    add(cast, editor, valid_until=TODAY + timedelta(days=400))
    gone = add(cast, editor, kind="agreement", valid_until=TODAY + timedelta(days=20))
    withdraw_organisation_paper(gone, actor=editor, now=NOW)

    assert remind_of_papers(NOW) == 0


# Pages ----------------------------------------------------------------------------------------------


def test_an_editor_adds_a_paper_on_screen_and_its_page_shows_it(cast, client, editor):
    client.force_login(editor)
    url = reverse("directory:add_organisation_paper", args=[cast.applicant.pk])

    assert (
        "Dites de quel exercice" in client.post(url, {"kind": "accounts", "upload": png()}).content.decode()
    )
    client.post(url, {"kind": "accounts", "year": "2025", "upload": png()})

    assert (
        "Comptes annuels approuvés 2025"
        in client.get(reverse("directory:show", args=[cast.applicant.pk])).content.decode()
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [("editor", 200), ("officer", 200), ("technical_admin", 403), ("state_officer", 404), ("stranger", 404)],
)
def test_the_files_are_read_by_the_members_and_the_gip(role, status, cast, client, request):
    paper = add(cast, cast.member("editor", name="Autre"))
    client.force_login(request.getfixturevalue(role))

    response = client.get(reverse("directory:organisation_paper", args=[cast.applicant.pk, paper.pk]))
    b"".join(response)
    response.close()
    assert response.status_code == status
