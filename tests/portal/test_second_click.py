"""A button pressed twice does the thing once: what no flow and no unique number already stops."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faubourg.applications.actions import attach_paper, save_part, start, start_for, withdraw
from faubourg.applications.models import Application
from faubourg.calls.actions import close
from faubourg.calls.actions import open as open_call
from faubourg.directory.actions import add_organisation_paper, create_organisation
from faubourg.directory.models import Organisation, OrganisationPaper
from faubourg.governance.actions import agenda, attendance, decisions, meetings
from faubourg.governance.models import Meeting
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from tests.conftest import NOW
from tests.directory.test_bank import PNG
from tests.factories import BodyFactory, MeetingFactory, complete_application

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def meeting(cast):
    return MeetingFactory(body=BodyFactory(kind="steering", contracts=[cast.contract]), state="open")


def test_a_decision_is_numbered_once_and_said_again_later_is_another(cast, meeting, officer):
    """GOV-3: a numbered decision cannot be taken back."""

    def decide(now, text="Le calendrier est adopté."):
        return decisions.record_decision(meeting, actor=officer, contract=cast.contract, text=text, now=now)

    assert decide(NOW) == decide(NOW)
    decide(NOW, "Un autre point.")
    decide(LATER)
    assert [one.number for one in meeting.decisions.order_by("number")] == [1, 2, 3]


def test_a_meeting_is_planned_once(cast, officer):
    body = BodyFactory(contracts=[cast.contract])
    day = datetime(2027, 3, 1, 9, tzinfo=UTC)

    def plan(starts_at):
        return meetings.plan(body, actor=officer, title="CTP", starts_at=starts_at, now=NOW)

    assert plan(day) == plan(day)
    plan(day + timedelta(days=7))
    assert Meeting.objects.count() == 2


def test_a_point_and_a_guest_are_added_once(meeting, officer):
    for title in ("Bilan", "Bilan", "Perspectives", "Bilan"):
        agenda.add_item(meeting, actor=officer, title=title, now=NOW)
    assert [item.title for item in meeting.agenda.order_by("position")] == ["Bilan", "Perspectives", "Bilan"]

    for name in ("Mme Roux", "Mme Roux", "M. Roux"):
        attendance.add_guest(meeting, actor=officer, full_name=name, now=NOW)
    assert meeting.attendances.count() == 2


def test_a_draft_is_begun_once_by_each_and_again_later(cast, editor, org_admin):
    cast.call.state = "open"
    cast.call.save()

    def begin(actor, now=NOW, title="Jardins"):
        return start(cast.call, cast.applicant, actor=actor, title=title, now=now)

    assert begin(editor) == begin(editor)
    begin(editor, title="Théâtre")
    begin(org_admin)
    begin(editor, LATER)
    assert Application.objects.count() == 4

    written = begin(editor, LATER)
    save_part(written, "projet", {"need": "Des légumes"}, actor=editor, now=LATER + timedelta(seconds=9))
    assert begin(editor, LATER + timedelta(seconds=10)) != written


def test_a_draft_begun_for_a_structure_is_begun_once(cast, officer):
    cast.call.state = "open"
    cast.call.save()
    first, second = (
        start_for(cast.call, cast.applicant, actor=officer, title="Jardins", now=NOW) for _ in range(2)
    )
    assert first == second


def test_the_same_file_in_the_same_place_is_joined_once(cast, editor):
    application = complete_application(call=cast.call, applicant=cast.applicant)
    before = application.papers.count()

    def attach(content=PNG):
        return attach_paper(application, SimpleUploadedFile("statuts.png", content), actor=editor, now=NOW)

    assert attach() == attach()
    attach(PNG + b"\0")
    assert application.papers.count() == before + 2


def test_a_paper_of_a_structure_is_kept_once(cast, editor):
    def add(content=PNG):
        return add_organisation_paper(
            cast.applicant, kind="statutes", upload=SimpleUploadedFile("statuts.png", content), actor=editor,
            now=NOW,
        )  # fmt: skip

    assert add() == add()
    add(PNG + b"\0")
    assert OrganisationPaper.objects.count() == 2


def test_a_structure_without_a_number_is_created_once_and_one_letter_leaves(director, officer):
    values = {"name": "Les voisins", "kind": "association", "town": "Saint-Ambroix"}

    def create(actor, **changed):
        return create_organisation(
            values | changed, actor=actor, now=NOW, administrator_email="v@exemple.fr", administrator_name="V"
        )

    known = Organisation.objects.count()
    assert create(director) == create(director)
    assert Message.objects.filter(recipient="v@exemple.fr").count() == 1
    create(director, town="Alès")
    assert Organisation.objects.count() == known + 2


def test_a_dossier_withdrawn_twice_is_said_to_be_so(client, cast, signatory):
    draft = complete_application(call=cast.call, applicant=cast.applicant)
    client.force_login(signatory)
    address = reverse("applications:withdraw", args=[draft.pk])

    first, second = (client.post(address, {"reason": "Trop tard."}, follow=True) for _ in range(2))

    assert "Le dossier est retiré." in first.content.decode()
    assert second.status_code == 200
    assert "C&#x27;est déjà fait : le dossier est retiré." in second.content.decode()
    withdraw(draft, actor=signatory, reason="Encore.", now=NOW)
    draft.refresh_from_db()
    assert draft.closing_reason == "Trop tard."
    assert Entry.objects.filter(verb="applications.withdraw").count() == 1


@pytest.mark.parametrize(("page", "state"), [("calls:open", "open"), ("calls:close", "closed")])
def test_a_call_opened_or_closed_twice_is_said_to_be_so(client, cast, director, page, state):
    cast.call.state = state
    cast.call.closes_on = date(2026, 1, 31)
    cast.call.opens_on = date(2026, 1, 1)
    cast.call.save()
    client.force_login(director)

    answer = client.post(reverse(page, args=[cast.call.pk]), follow=True)

    assert answer.status_code == 200
    assert "C&#x27;est déjà fait" in answer.content.decode()
    {"calls:open": open_call, "calls:close": close}[page](cast.call, actor=director, now=NOW)
    assert not Entry.objects.filter(verb__startswith="calls.").exists()
