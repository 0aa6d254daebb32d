"""An answer given online: the day, the words, nothing else (B8.2). No line of the journal says when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.questionnaires.models import Batch, Form, Questionnaire, Response
from faubourg.questionnaires.rules import bulletins
from faubourg.questionnaires.rules.answers import checked
from faubourg.questionnaires.states import Mode, QuestionnaireState
from faubourg.toolkit.refusal import refuse_if


@transaction.atomic
def answer(
    questionnaire: Questionnaire,
    form: Form,
    *,
    content: Mapping[str, Any],
    reference: str,
    now: datetime,
    language: str = "fr",
    sheet: str = "",
) -> Response:
    """Keep one answer. The same `reference`, drawn when the page was opened, enters once.

    `sheet` is the number of a paper sheet with its letters, for who answers here instead."""
    closed = questionnaire.state != QuestionnaireState.OPEN
    refuse_if({"": ["Ce questionnaire est fermé : il ne reçoit plus de réponse."] if closed else []})
    kept, errors = checked(form.asked, content)
    refuse_if(errors)
    bulletin = bulletins.read(sheet)
    batch = _batch_of(questionnaire, sheet, reference) if sheet else None
    lock_version(form, now=now)
    made, _ = Response.objects.get_or_create(
        questionnaire=questionnaire,
        reference=reference,
        defaults={
            "form": form, "mode": Mode.ONLINE, "received_on": localdate(now), "language": language,
            "content": kept, "batch": batch, "bulletin": bulletin,
        },
    )  # fmt: skip
    return made


def lock_version(form: Form, *, now: datetime) -> None:
    """From the first answer or the first sheet on, these questions no longer change."""
    if form.locked_on is None:
        Form.objects.select_for_update().get(pk=form.pk)
        Form.objects.filter(pk=form.pk, locked_on=None).update(locked_on=localdate(now))


def _batch_of(questionnaire: Questionnaire, sheet: str, reference: str) -> Batch:
    """The batch of a paper sheet answered online; a sheet answers once, on paper or here."""
    bulletin = bulletins.read(sheet) or 0
    batch = (
        Batch.objects.filter(form__questionnaire=questionnaire, first_number__lte=bulletin)
        .order_by("-first_number")
        .first()
    )
    refuse_if(
        {
            "bulletin": []
            if batch is not None and bulletin <= batch.last_number and bulletins.is_held(sheet, batch.secret)
            else ["Ce n'est pas une feuille de ce questionnaire : recopiez son numéro et ses cinq lettres."]
        }
    )
    used = Response.objects.filter(bulletin=bulletin).exclude(reference=reference)
    typed = batch is not None and batch.typings.filter(bulletin=bulletin).exists()
    number = bulletins.written(bulletin)
    refuse_if({"bulletin": [f"La feuille {number} a déjà une réponse."] if typed or used.exists() else []})
    assert batch is not None  # noqa: S101
    return batch
