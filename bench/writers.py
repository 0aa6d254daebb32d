"""Sixteen people save and file their dossiers at once: what was acknowledged is there, nobody is refused.

Each turn is two read-then-write transactions through the real actions: save a part of the form (its version
is read, then raised), then file the dossier (the last number of the call is read, then the next one taken).
"""

import multiprocessing
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from django.db import connections
from django.utils import timezone

from bench.cast import Cast
from bench.dossiers import complete_drafts
from faubourg.accounts.models import User
from faubourg.applications.actions import save_part, submit
from faubourg.applications.models import Application
from faubourg.applications.states import Part
from faubourg.journal.models import Entry

WRITERS, DRAFTS = 16, 60


@dataclass
class Told:
    """What one writer was told: (dossier, title, number) of each acknowledged filing, seconds, refusals."""

    filed: list[tuple[int, str, str]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def let_write(cast: Cast, seconds: float) -> str:
    """One sentence, ✓ or ✗ first."""
    drafts = [draft.pk for draft in complete_drafts(cast, WRITERS * DRAFTS)]
    started = time.monotonic()
    told = _all_at_once(cast.signatory.pk, drafts, seconds)
    elapsed = time.monotonic() - started
    filed = [one for writer in told for one in writer.filed]
    refused = Counter(reason for writer in told for reason in writer.refused)
    lost = _lost(filed)
    waits = sorted(second for writer in told for second in writer.seconds)
    verdict = "✓" if filed and not lost and not refused else "✗"
    return (
        f"{verdict} {WRITERS} écrivains, {elapsed:.1f} s : {2 * len(filed)} écritures faites "
        f"({2 * len(filed) / elapsed:.0f}/s), {lost} perdues, {refused.total()} refusées"
        f"{f' {dict(refused)}' if refused else ''} ; la plus longue attente {max(waits, default=0):.1f} s"
    )


def _all_at_once(user: int, drafts: list[int], seconds: float) -> list[Told]:
    connections.close_all()  # a connection is never shared across a fork
    context = multiprocessing.get_context("fork")
    start = context.Barrier(WRITERS)
    pipes, writers = [], []
    for n in range(WRITERS):
        receiver, sender = context.Pipe(duplex=False)
        writer = context.Process(target=_write, args=(user, drafts[n::WRITERS], seconds, start, sender))
        writer.start()
        sender.close()
        pipes.append(receiver)
        writers.append(writer)
    told = [pipe.recv() for pipe in pipes]
    for writer in writers:
        writer.join()
    return told


def _write(user: int, drafts: list[int], seconds: float, start: object, sender: Connection) -> None:
    told = Told()
    actor = User.objects.get(pk=user)
    start.wait()  # type: ignore[attr-defined]
    until = time.monotonic() + seconds
    for pk in drafts:
        before = time.monotonic()
        if before >= until:
            break
        try:
            told.filed.append(_save_and_file(pk, actor))
        except Exception as refusal:
            told.refused.append(f"{type(refusal).__name__} : {refusal}"[:100])
        told.seconds.append(time.monotonic() - before)
    connections.close_all()
    sender.send(told)
    sender.close()


def _save_and_file(pk: int, actor: User) -> tuple[int, str, str]:
    draft = Application.objects.select_related("call", "applicant").get(pk=pk)
    title = f"Déposé par l'écrivain, dossier {pk}"
    save_part(draft, Part.PROJECT, {"title": title}, actor=actor, now=timezone.now())
    submit(draft, actor=actor, now=timezone.now())
    return pk, title, draft.number


def _lost(filed: list[tuple[int, str, str]]) -> int:
    """Acknowledged filings that are not there as told, share a number, or are not in the journal."""
    keys = [pk for pk, _, _ in filed]
    kept = set(Application.objects.filter(pk__in=keys).values_list("pk", "title", "number"))
    entries = Entry.objects.filter(verb="applications.submit", subject_type="applications.application")
    written = Counter(entries.filter(subject_id__in=keys).values_list("subject_id", flat=True))
    shared = len(filed) - len({number for _, _, number in filed})
    return shared + sum(one not in kept or written[one[0]] != 1 for one in filed)
