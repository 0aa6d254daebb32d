"""The GIP's notes on a dossier: who takes it, what they write, when it is ready."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.actions import advance
from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.queries import lock
from faubourg.appraisal.actions.words import keep_words
from faubourg.appraisal.models import Appraisal, FundingProposal, Score
from faubourg.appraisal.permissions import can_appraise, can_bypass_committee, can_save_appraisal
from faubourg.appraisal.rules import proposal_problem
from faubourg.appraisal.states import Stance
from faubourg.calls.models import Criterion
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.days import format_moment
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand

NOTES = ("admissibility_note", "assessment", "recommendation", "changes_asked")
HIGHEST = 5


class SavedMeanwhile(Refusal):
    """Somebody else saved the sheet since this page was opened; `current` is what they wrote."""

    def __init__(self, current: Appraisal) -> None:
        self.current = current
        super().__init__(
            f"{current.saved_by or 'Une autre personne'} a enregistré cette fiche le "
            f"{format_moment(current.saved_at)}. Vos mots sont gardés ci-dessous : reprenez les siens, "
            "montrés à côté, puis enregistrez de nouveau."
        )


@transaction.atomic
def take_charge(application: Application, *, actor: User, now: datetime) -> None:
    """Become the dossier's case officer."""
    lock(application)
    demand(can_save_appraisal(standing(actor, localdate(now)), application))
    sheet = _sheet(application)
    if sheet.case_officer_id == actor.pk:
        return
    before = str(sheet.case_officer or "")
    sheet.case_officer = actor
    sheet.save(update_fields=["case_officer"])
    _write(actor, "appraisal.take_charge", application, {"case_officer": [before, actor.full_name]})


@transaction.atomic
def save_appraisal(
    application: Application,
    *,
    actor: User,
    version: int,
    notes: Mapping[str, str],
    scores: Mapping[int, tuple[int | None, str]] | None = None,
    proposals: Mapping[int, Decimal | None] | None = None,
    is_autosave: bool = False,
    page: str = "",
    now: datetime,
) -> Appraisal:
    """Save the sheet as a draft; what saves itself is written in the journal with the next act of a person.

    `scores`: {criterion: (points, why)}; `proposals`: {envelope: euros}.
    """
    lock(application)
    demand(can_save_appraisal(standing(actor, localdate(now)), application))
    sheet = _sheet(application)
    is_own = bool(page) and sheet.unwritten.get("page") == page  # this very page has just saved itself
    if sheet.version != version and not is_own:
        raise SavedMeanwhile(sheet)
    scores, proposals = scores or {}, proposals or {}
    refuse_if(
        {
            **_wrong_notes(notes),
            **_wrong_scores(application, scores),
            **_wrong_proposals(application, proposals),
        }
    )
    before = snapshot(sheet, NOTES)
    for name in NOTES:
        setattr(sheet, name, notes.get(name, before[name]).strip())
    sheet.version += 1
    sheet.saved_at, sheet.saved_by = now, actor
    changes: dict[str, Any] = dict(differences(before, snapshot(sheet, NOTES)))
    changes |= _save_scores(sheet, scores)
    changes |= _save_proposals(application, proposals)
    _keep(sheet, actor, changes, page=page if is_autosave else None)
    sheet.save()
    keep_words(application)
    return sheet


@transaction.atomic
def appraise(application: Application, *, actor: User, now: datetime) -> None:
    """The instruction is over: the dossier awaits a committee."""
    lock(application)
    demand(can_appraise(standing(actor, localdate(now)), application))
    sheet = _sheet(application)
    refuse_if(
        {
            "assessment": []
            if sheet.assessment
            else ["Écrivez votre appréciation avant de terminer l'instruction."],
            "recommendation": [] if sheet.recommendation else ["Choisissez la recommandation du GIP."],
        }
    )
    _keep(sheet, actor, {})
    sheet.save(update_fields=["unwritten"])
    advance(application, "appraise", verb="appraisal.appraise", actor=actor)


@transaction.atomic
def bypass_committee(application: Application, *, actor: User, reason: str, now: datetime) -> None:
    """An urgent dossier goes to the funders without a committee; the director says why (PRG-6)."""
    lock(application)
    demand(can_bypass_committee(standing(actor, localdate(now)), application))
    reason = reason.strip()
    refuse_if(
        {"reason": [] if reason else ["Dites l'urgence : ce motif remplace l'avis du comité au relevé."]}
    )
    advance(
        application,
        "bypass_committee",
        verb="appraisal.bypass_committee",
        actor=actor,
        changes={"reason": ["", reason]},
    )


# --------------------------------------------------------------------------------------------------


def _sheet(application: Application) -> Appraisal:
    """The sheet of a dossier already locked; version 0 until it is first saved."""
    sheets = Appraisal.objects.select_related("case_officer", "saved_by")
    return sheets.get_or_create(application=application, defaults={"version": 0})[0]


def _keep(sheet: Appraisal, actor: User, changes: dict[str, Any], *, page: str | None = None) -> None:
    """Write the journal; or wait, when a page saved itself: its saves make one line, from first to last."""
    waiting = sheet.unwritten
    if waiting and waiting["by"] != actor.pk:
        if waiting["changes"]:
            former = User.objects.get(pk=waiting["by"])
            _write(former, "appraisal.save_appraisal", sheet.application, waiting["changes"])
        waiting = {}
    whole = dict(waiting.get("changes", {}))
    for name, (before, after) in changes.items():
        whole[name] = [whole.get(name, [before])[0], after]
    whole = {name: values for name, values in whole.items() if values[0] != values[1]}
    sheet.unwritten = {} if page is None else {"by": actor.pk, "page": page, "changes": whole}
    if whole and page is None:
        _write(actor, "appraisal.save_appraisal", sheet.application, whole)


def _wrong_notes(notes: Mapping[str, str]) -> dict[str, list[str]]:
    given = notes.get("recommendation", "")
    known = not given or given in Stance.values
    return {"recommendation": [] if known else ["Choisissez une recommandation de la liste."]}


def _wrong_scores(
    application: Application, scores: Mapping[int, tuple[int | None, str]]
) -> dict[str, list[str]]:
    known = set(Criterion.objects.filter(call=application.call_id).values_list("pk", flat=True))
    wrong = {}
    for criterion, (points, _) in scores.items():
        if criterion not in known:
            wrong[f"points-{criterion}"] = ["Ce critère n'est pas de cet appel."]
        elif points is not None and not 0 <= points <= HIGHEST:
            wrong[f"points-{criterion}"] = ["Une note va de 0 à 5."]
    return wrong


def _wrong_proposals(
    application: Application, proposals: Mapping[int, Decimal | None]
) -> dict[str, list[str]]:
    requested = dict(
        FundingRequest.objects.filter(application=application).values_list("envelope", "requested_amount")
    )
    problems = {
        f"proposed-{envelope}": proposal_problem(proposed=amount, requested=requested.get(envelope))
        for envelope, amount in proposals.items()
        if amount is not None
    }
    return {name: [sentence] for name, sentence in problems.items() if sentence}


def _save_scores(sheet: Appraisal, scores: Mapping[int, tuple[int | None, str]]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    kept = {score.criterion_id: score for score in sheet.scores.select_related("criterion")}
    for criterion, (points, comment) in scores.items():
        score = kept.get(criterion) or Score(appraisal=sheet, criterion_id=criterion)
        before = _told(score.points, score.comment)
        score.points, score.comment = points, comment.strip()[:250]
        if before != (after := _told(score.points, score.comment)):
            score.save()
            changes[f"note · {score.criterion}"[:80]] = [before, after]
    return changes


def _told(points: int | None, comment: str) -> str:
    return " · ".join(filter(None, ["" if points is None else f"{points} sur {HIGHEST}", comment]))


def _save_proposals(application: Application, proposals: Mapping[int, Decimal | None]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    kept = {
        proposal.envelope_id: proposal
        for proposal in FundingProposal.objects.filter(application=application).select_related(
            "envelope__funder"
        )
    }
    for envelope, amount in proposals.items():
        known = kept.get(envelope)
        if amount == (known.proposed_amount if known else None):
            continue
        if amount is None and known is not None:
            changes[f"proposé · {known.envelope}"] = [format_euros(known.proposed_amount), None]
            known.delete()
            continue
        proposal = known or FundingProposal(application=application, envelope_id=envelope)
        former = format_euros(known.proposed_amount) if known else None
        changes[f"proposé · {proposal.envelope}"] = [former, format_euros(amount)]
        proposal.proposed_amount = amount
        proposal.save()
    return changes


def _write(actor: User, verb: str, application: Application, changes: dict[str, Any]) -> None:
    write(actor, verb, application, contract_id=application.call.contract_id, changes=changes)
