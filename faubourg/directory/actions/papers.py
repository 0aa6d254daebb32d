"""The papers of an organisation, given once with their dates (ASS-1). One withdrawn is kept, not deleted."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.accounts.queries import office
from faubourg.directory.actions.letters import tell_of_expiry
from faubourg.directory.models import Organisation, OrganisationPaper
from faubourg.directory.permissions import can_add_organisation_paper, can_withdraw_organisation_paper
from faubourg.directory.queries import lock
from faubourg.directory.rules import paper_errors, reminder_due
from faubourg.directory.states import KEPT_APART, OF_A_YEAR
from faubourg.documents.actions import is_same_file, store
from faubourg.journal.actions import write
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

WITHOUT_FILE = "Choisissez le fichier à joindre."


@transaction.atomic
def add_organisation_paper(
    organisation: Organisation,
    *,
    kind: str,
    upload: "UploadedFile[Any] | None",
    label: str = "",
    year: int | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    actor: User,
    now: datetime,
) -> OrganisationPaper:
    """Keep a paper on the page of the organisation: each dossier that asks for its kind takes it there."""
    lock(organisation)
    today = localdate(now)
    demand(can_add_organisation_paper(office(actor, today), organisation))
    errors = paper_errors(
        is_kept_apart=kind in KEPT_APART,
        needs_year=kind in OF_A_YEAR,
        year=year,
        first=valid_from,
        last=valid_until,
        today=today,
    )
    refuse_if({**errors, "upload": [] if upload else [WITHOUT_FILE]})
    told = {
        "kind": kind, "label": label.strip(), "year": year, "valid_from": valid_from,
        "valid_until": valid_until,
    }  # fmt: skip
    kept = OrganisationPaper.objects.filter(organisation=organisation, withdrawn_at=None, **told)
    for same in kept.select_related("document"):
        if is_same_file(upload, same.document):  # type: ignore[arg-type]  # refused above when there is none
            return same  # a second click
    paper = OrganisationPaper.objects.create(
        organisation=organisation,
        **told,
        document=store(upload, actor=actor, now=now, field="upload"),  # type: ignore[arg-type]
        added_by=actor,
        added_at=now,
    )
    write(actor, "directory.add_organisation_paper", organisation, changes={"paper": [None, _named(paper)]})
    return paper


@transaction.atomic
def withdraw_organisation_paper(paper: OrganisationPaper, *, actor: User, now: datetime) -> None:
    """No dossier takes it any more; those already filed with it keep it."""
    lock(paper.organisation)
    demand(can_withdraw_organisation_paper(office(actor, localdate(now)), paper.organisation))
    paper.refresh_from_db(fields=["withdrawn_at"])
    if paper.withdrawn_at is not None:
        raise IllegalStep("Cette pièce est déjà retirée.")
    paper.withdrawn_by, paper.withdrawn_at = actor, now
    paper.save(update_fields=["withdrawn_by", "withdrawn_at"])
    write(
        actor,
        "directory.withdraw_organisation_paper",
        paper.organisation,
        changes={"paper": [_named(paper), None]},
    )


@transaction.atomic
def remind_of_expiry(paper: OrganisationPaper, *, now: datetime) -> bool:
    """Tell those who keep the page that this paper ends soon; each reminder once."""
    paper.refresh_from_db(
        fields=["reminded_days", "withdrawn_at"], from_queryset=OrganisationPaper.objects.select_for_update()
    )
    if paper.valid_until is None or paper.withdrawn_at is not None:
        return False
    days = reminder_due(paper.valid_until, localdate(now), paper.reminded_days)
    if days is None:
        return False
    paper.reminded_days = days
    paper.save(update_fields=["reminded_days"])
    tell_of_expiry(paper, days, now=now)
    return True


def _named(paper: OrganisationPaper) -> str:
    return f"{paper} : {paper.document.name}"
