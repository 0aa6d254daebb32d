"""The booklet and the workbook of a committee (CIT-2): one of each, whatever happens to the worker."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.appraisal import actions
from faubourg.appraisal.models import MeetingPapers
from faubourg.appraisal.queries import on_the_agenda, pages_of
from faubourg.documents.models import Document
from faubourg.messaging.models import Message
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import ParameterFactory


@pytest.fixture
def meeting(desk, officer):
    meeting = desk.committee()
    for _ in range(2):
        actions.table(desk.appraised(), meeting, actor=officer, now=NOW)
    return meeting


@pytest.fixture
def ordered(meeting, officer, django_capture_on_commit_callbacks):
    def order(*, worked=True, now=None):
        with django_capture_on_commit_callbacks(execute=worked):
            return actions.order_papers(meeting, actor=officer, now=now or timezone.now())

    return order


def address(meeting, name="papers", *more):
    return reverse(f"appraisal:{name}", args=[meeting.pk, *more])


def test_the_booklet_and_the_workbook_are_read_back_by_other_libraries(client, meeting, ordered, officer):
    ordered()
    client.force_login(officer)
    pdf = b"".join(client.get(address(meeting, "paper", "livret")))
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert len(document.pages) >= 6  # cover, contents, then two pages per dossier
    book = b"".join(client.get(address(meeting, "paper", "classeur")))
    rows = list(openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True))
    assert (len(rows), rows[1][0], rows[1][6]) == (3, "2027-001", 5000)


def test_asked_twice_they_are_made_once(meeting, ordered):
    ordered(worked=False)
    ordered(worked=False)
    papers = MeetingPapers.objects.get()
    assert (papers.state, papers.run) == ("queued", 1)


def test_a_worker_killed_midway_leaves_a_clear_state_and_no_duplicate(client, meeting, ordered, officer):
    """A fault of issue 3."""
    ordered(worked=False)
    killed = timezone.now() - timedelta(minutes=3)
    MeetingPapers.objects.update(state="running", done=1, beat_at=killed)
    client.force_login(officer)
    page = client.get(address(meeting)).content.decode()
    assert "Travail interrompu" in page
    assert "1 dossier sur 2" in page
    ordered()
    papers = MeetingPapers.objects.get()
    assert (papers.state, papers.run, papers.done) == ("done", 2, 2)
    actions.make_papers.call(papers.pk, 1)
    assert Document.objects.count() == 2


def test_a_worker_alive_is_not_disturbed(client, meeting, ordered, officer):
    ordered(worked=False)
    MeetingPapers.objects.update(state="running", beat_at=timezone.now())
    client.force_login(officer)
    page = client.get(address(meeting)).content.decode()
    assert "Travail interrompu" not in page
    assert "<progress" in page
    ordered(worked=False)
    assert MeetingPapers.objects.get().run == 1


def test_a_withdrawn_dossier_is_not_printed(desk, officer, ordered, meeting):
    application = desk.appraised()
    actions.table(application, meeting, actor=officer, now=NOW)
    application.state = "withdrawn"
    application.save()
    ordered()
    assert MeetingPapers.objects.get().done == 2


def test_everyone_at_the_table_is_sent_the_papers_once_councillors_too(
    meeting, ordered, officer, councillor, reader
):
    """CIT-2."""
    with pytest.raises(Refusal, match="Préparez d'abord"):
        actions.send_papers(meeting, actor=officer, now=NOW)
    ordered()
    actions.send_papers(meeting, actor=officer, now=NOW)
    actions.send_papers(meeting, actor=officer, now=NOW)
    told = list(Message.objects.filter(kind="appraisal.papers").values_list("recipient", flat=True))
    assert sorted(told) == sorted([officer.email, councillor.email])


def test_the_page_says_by_when_to_send_them(client, cast, meeting, officer):
    client.force_login(officer)
    assert "À remettre au plus tard" not in client.get(address(meeting)).content.decode()
    ParameterFactory(contract=cast.contract, code="conseil.documents_delai", value=7, unit="jours")
    assert "13\u00a0février\u00a02027" in client.get(address(meeting)).content.decode().replace(" ", "\u00a0")


def test_nobody_s_notes_are_in_the_papers(meeting, ordered, officer, desk):
    """PRG-7: a tied member may read them, so they hold only what applicants wrote."""
    assert "Solide." not in str([pages_of(tabled) for tabled in on_the_agenda(meeting)])
