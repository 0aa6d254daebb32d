"""Answers counted, set aside with a reason, passed on to what residents said (CON-3, CON-5, CON-7)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.actions import record_contribution
from faubourg.consultation.models import Contribution
from faubourg.consultation.states import Origin
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.questionnaires.actions.answering import lock_version
from faubourg.questionnaires.actions.questionnaires import lock_questionnaire
from faubourg.questionnaires.models import Questionnaire, Response, Tally
from faubourg.questionnaires.permissions import can_survey
from faubourg.questionnaires.queries import references_taken
from faubourg.questionnaires.rules.tally import add_to
from faubourg.questionnaires.states import Mode
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

AT_ONCE = 5_000
PASSED_AT_ONCE = 200


@transaction.atomic
def count_new(questionnaire: Questionnaire) -> int:
    """Add the answers not yet counted to the tally; how many. Asked by the clock."""
    lock_questionnaire(questionnaire)
    waiting = Response.objects.filter(questionnaire=questionnaire, is_counted=False).order_by("pk")
    rows = list(waiting.values_list("pk", "content", "excluded_because")[:AT_ONCE])
    if not rows:
        return 0
    tally, _ = Tally.objects.get_or_create(questionnaire=questionnaire)
    add_to(tally.counts, (content for _, content, reason in rows if not reason))
    tally.save(update_fields=["counts"])
    Response.objects.filter(pk__in=[pk for pk, _, _ in rows]).update(is_counted=True)
    return len(rows)


@transaction.atomic
def exclude(response: Response, *, actor: User, reason: str, now: datetime) -> None:
    """Set an answer aside, with its reason: it stays, and is no longer counted (CON-3)."""
    known = lock_questionnaire(response.questionnaire)
    demand(can_survey(standing(actor, localdate(now)), known.contract_id))
    aside = Response.objects.select_for_update().get(pk=response.pk)
    already = ["Cette réponse est déjà écartée."] if aside.excluded_because else []
    refuse_if({"reason": already or ([] if reason.strip() else ["Dites pourquoi."])})
    _set_aside(aside, reason.strip())
    changes = {"excluded_because": aside.excluded_because}
    write(actor, "questionnaires.exclude", aside, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def reinstate(response: Response, *, actor: User, now: datetime) -> None:
    """Count again an answer that was set aside; the journal keeps why it had been (CON-3)."""
    known = lock_questionnaire(response.questionnaire)
    demand(can_survey(standing(actor, localdate(now)), known.contract_id))
    aside = Response.objects.select_for_update().get(pk=response.pk)
    refuse_if({"": [] if aside.excluded_because else ["Cette réponse n'est pas écartée."]})
    changes = {"excluded_because": [aside.excluded_because, ""]}
    _set_aside(aside, "")
    write(actor, "questionnaires.reinstate", aside, contract_id=known.contract_id, changes=changes)


def _set_aside(response: Response, reason: str) -> None:
    """Take a counted answer out of the tally, or put it back when there is no reason any more."""
    tally = Tally.objects.filter(questionnaire=response.questionnaire_id).first()
    if response.is_counted and tally is not None:
        add_to(tally.counts, [response.content], -1 if reason else 1)
        tally.save(update_fields=["counts"])
    response.excluded_because = reason
    response.save(update_fields=["excluded_because"])


@transaction.atomic
def pass_on(questionnaire: Questionnaire, *, actor: User, question: str, now: datetime) -> int:
    """Open answers become what residents said, to be reviewed, coded and answered; how many, each once."""
    known = lock_questionnaire(questionnaire)
    demand(can_survey(standing(actor, localdate(now)), known.contract_id))
    kinds = {one.name: one.kind for form in known.forms.all() for one in form.asked.questions()}
    refuse_if({"": [] if kinds.get(question) == "text" else ["Seules les réponses écrites se versent."]})
    rows = Response.objects.valid().filter(questionnaire=known).order_by("pk").only("content", "received_on")
    start = f"questionnaire-{known.pk}-{question}-"
    there = set(
        Contribution.objects.filter(contract=known.contract_id, reference__startswith=start).values_list(
            "reference", flat=True
        )
    )
    passed = 0
    for row in rows.iterator():
        words = row.content.get(question)
        if not words or f"{start}{row.pk}" in there or passed >= PASSED_AT_ONCE:
            continue
        record_contribution(
            known.contract, actor=actor, origin=Origin.QUESTIONNAIRE, text=words, said_on=row.received_on,
            consultation=known.consultation, reference=f"{start}{row.pk}", now=now,
            is_fictitious=known.is_fictitious,
        )  # fmt: skip
        passed += 1
    return passed


@transaction.atomic
def import_answers(
    questionnaire: Questionnaire,
    *,
    actor: User,
    rows: Sequence[tuple[str, date, Mapping[str, Any]]],
    now: datetime,
) -> int:
    """Take a table of answers whole; how many were new. A row already there is not taken twice."""
    known = lock_questionnaire(questionnaire)
    demand(can_survey(standing(actor, localdate(now)), known.contract_id))
    form = known.forms.order_by("-number")[0]
    lock_version(form, now=now)
    taken = references_taken(known)
    made = [
        Response(
            questionnaire=known, form=form, mode=Mode.IMPORTED, received_on=day, content=dict(content),
            reference=reference,
        )
        for reference, day, content in rows
        if reference not in taken
    ]  # fmt: skip
    Response.objects.bulk_create(made, batch_size=500)
    changes = {"responses": len(made)}
    write(actor, "questionnaires.import_answers", known, contract_id=known.contract_id, changes=changes)
    return len(made)
