"""The papers of a committee, made by the worker: one booklet and one workbook, never two (issue 3, CIT-2)."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django_tasks import task

from faubourg.accounts.models import User
from faubourg.appraisal.models import MeetingPapers
from faubourg.appraisal.queries import on_the_agenda, pages_of, papers_of
from faubourg.appraisal.states import PaperState
from faubourg.documents.actions import keep
from faubourg.governance.actions.meetings import hold
from faubourg.governance.models import Meeting
from faubourg.governance.queries import seats_of
from faubourg.journal.actions import write
from faubourg.messaging.actions import send
from faubourg.toolkit.days import format_moment
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.tables import XLSX, Sheet, workbook
from faubourg.toolkit.typeset import TypesettingFailed, typeset

SILENCE = timedelta(minutes=2)
"""After that long without a sign of life, the worker is dead: somebody may ask again."""
MOVING = (PaperState.QUEUED, PaperState.RUNNING)
HEADER = ("N°", "Action", "Porteur", "Quartiers", "Habitants visés", "Budget", "Demandé", "Minutes")


@transaction.atomic
def order_papers(meeting: Meeting, *, actor: User, now: datetime) -> MeetingPapers:
    """Ask for the papers; asked again while the worker is on it, nothing happens twice."""
    hold(meeting, actor=actor, now=now)
    total = len(on_the_agenda(meeting))
    if not total:
        raise Refusal("L'ordre du jour n'a aucun dossier : inscrivez-en d'abord.")
    papers = MeetingPapers.objects.select_for_update().filter(meeting=meeting).first()
    if papers and papers.state in MOVING and not is_stuck(papers, now):
        return papers
    papers = papers or MeetingPapers(meeting=meeting)
    papers.state, papers.run, papers.done, papers.total = PaperState.QUEUED, papers.run + 1, 0, total
    papers.beat_at, papers.asked_by = now, actor
    papers.save()
    write(actor, "appraisal.order_papers", meeting)
    transaction.on_commit(partial(make_papers.enqueue, papers.pk, papers.run))
    return papers


@task
def make_papers(pk: int, run: int) -> None:
    """Dossier by dossier, with a sign of life at each; a run that was replaced writes nothing."""
    if not _beat(pk, run, state=PaperState.RUNNING):
        return
    papers = MeetingPapers.objects.select_related("meeting__body", "asked_by").get(pk=pk)
    sections, rows = [_agenda(papers.meeting)], []
    for done, tabled in enumerate(on_the_agenda(papers.meeting), start=1):
        pages, row = pages_of(tabled)
        sections += pages
        rows.append(row)
        if not _beat(pk, run, done=done):
            return
    now, title = timezone.now(), f"Pièces · {papers.meeting.title}"
    words = {"title": title, "organisation": str(papers.meeting.body), "sections": sections}
    try:
        booklet = typeset("toolkit/typst/report.typ", words, now=now)
    except TypesettingFailed:
        _beat(pk, run, state=PaperState.FAILED)
        return
    table = workbook(
        [Sheet("Dossiers", HEADER, rows, (12, 40, 30, 30, 12, 14, 14, 10))], title=title, now=now
    )
    _finish(papers, run, booklet, table, now)


@transaction.atomic
def send_papers(meeting: Meeting, *, actor: User, now: datetime) -> int:
    """Tell everyone at the table where the papers are, councillors too (CIT-2): each once; how many."""
    hold(meeting, actor=actor, now=now)
    papers = papers_of(meeting)
    if papers is None or papers.state != PaperState.DONE:
        raise Refusal("Préparez d'abord les pièces : elles ne sont pas prêtes.")
    seats = seats_of(meeting, localdate(now))
    address = f"{settings.PUBLIC_URL}{reverse('appraisal:papers', args=[meeting.pk])}"
    calendar = f"{settings.PUBLIC_URL}{reverse('governance:meeting_ics', args=[meeting.pk])}"
    for seat in seats:
        send(
            key=f"meeting-{meeting.pk}-papers-{papers.run}-{seat.user_id}",
            kind="appraisal.papers",
            recipient=seat.user.email,
            recipient_name=seat.user.full_name,
            subject=f"{meeting.title} : convocation et pièces",
            body=(
                f"Bonjour,\n\nLa séance « {meeting.title} » se tient le {format_moment(meeting.starts_at)}"
                f"{', ' + meeting.place if meeting.place else ''}. L'ordre du jour et les pièces, avec une "
                f"page en clair par dossier : {address}\n\nPour votre agenda : {calendar}\n"
            ),
            now=now,
        )
    papers.sent_at = now
    papers.save(update_fields=["sent_at"])
    write(actor, "appraisal.send_papers", meeting)
    return len(seats)


def is_stuck(papers: MeetingPapers | None, now: datetime) -> bool:
    """The worker was killed, or the job was lost: nothing has moved for too long."""
    return papers is not None and papers.state in MOVING and now - papers.beat_at >= SILENCE


# --------------------------------------------------------------------------------------------------


def _agenda(meeting: Meeting) -> dict[str, object]:
    items = meeting.agenda.order_by("position", "pk")
    return {
        "title": "Ordre du jour",
        "facts": [["Date", format_moment(meeting.starts_at)], ["Lieu", meeting.place or "à confirmer"]],
        "items": [f"{item.title} ({item.minutes} min)" for item in items],
    }


def _beat(pk: int, run: int, **fields: object) -> bool:
    """A sign of life; False when this run is no longer the one that is waited for."""
    alive = MeetingPapers.objects.filter(pk=pk, run=run, state__in=(PaperState.QUEUED, PaperState.RUNNING))
    return bool(alive.update(beat_at=timezone.now(), **fields))


@transaction.atomic
def _finish(papers: MeetingPapers, run: int, booklet: bytes, table: bytes, now: datetime) -> None:
    current = MeetingPapers.objects.select_for_update().get(pk=papers.pk)
    if current.run != run or current.state != PaperState.RUNNING:
        return
    current.booklet = keep(booklet, "livret.pdf", "application/pdf", actor=papers.asked_by, now=now)
    current.table = keep(table, "dossiers.xlsx", XLSX, actor=papers.asked_by, now=now)
    current.state, current.made_at = PaperState.DONE, now
    current.save()
