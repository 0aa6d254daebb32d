"""Paper: print a batch, count what comes back, type it once or twice, settle what differs (CON-2, CON-3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.questionnaires.actions.answering import lock_version
from faubourg.questionnaires.actions.questionnaires import lock_questionnaire
from faubourg.questionnaires.models import Batch, Questionnaire, Response, Typing
from faubourg.questionnaires.permissions import can_survey, can_type
from faubourg.questionnaires.rules import bulletins
from faubourg.questionnaires.states import Mode
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def print_batch(
    questionnaire: Questionnaire,
    *,
    actor: User,
    printed: int,
    channel: str,
    now: datetime,
    neighbourhood: Neighbourhood | None = None,
    is_typed_twice: bool = True,
) -> Batch:
    """Numbers never given before; the questions printed no longer change."""
    known = lock_questionnaire(questionnaire)
    demand(can_survey(standing(actor, localdate(now)), known.contract_id))
    form = known.forms.order_by("-number")[0]
    refuse_if({"": [] if form.asked.asked() else ["Écrivez au moins une question avant d'imprimer."]})
    last = Batch.objects.select_for_update().order_by("-first_number").first()
    lock_version(form, now=now)
    batch = Batch.objects.create(
        form=form, first_number=last.last_number + 1 if last else 1, printed=printed, channel=channel,
        neighbourhood=neighbourhood, is_typed_twice=is_typed_twice, printed_on=localdate(now),
        secret=get_random_string(32),
    )  # fmt: skip
    write(actor, "questionnaires.print_batch", batch, contract_id=known.contract_id)
    return batch


@transaction.atomic
def count_batch(
    batch: Batch, *, actor: User, handed_out: int | None, returned: int | None, now: datetime
) -> None:
    """What was handed out, what came back: never less than what has been typed (CON-3)."""
    known = _lock(batch)
    demand(can_type(standing(actor, localdate(now)), _contract(known)))
    entered = _entered(known)
    too_many = handed_out is not None and handed_out > known.printed
    too_back = returned is not None and (handed_out is None or returned > handed_out)
    refuse_if(
        {
            "handed_out": [f"Le lot n'a que {known.printed} bulletins."] if too_many else [],
            "returned": ["Il en revient plus qu'il n'en a été remis."]
            if too_back
            else [f"{entered} bulletins sont déjà saisis."]
            if entered > (returned or 0)
            else [],
        }
    )
    before = [known.handed_out, known.returned]
    known.handed_out, known.returned = handed_out, returned
    known.save(update_fields=["handed_out", "returned"])
    changes = {"handed_out": [before[0], handed_out], "returned": [before[1], returned]}
    write(actor, "questionnaires.count_batch", known, contract_id=_contract(known), changes=changes)


@transaction.atomic
def type_bulletin(
    batch: Batch, *, actor: User, bulletin: int, content: Mapping[str, Any], now: datetime
) -> Typing:
    """One sheet, typed by one person. Typed twice alike, or once when once is enough, it is an answer."""
    known = _lock(batch)
    demand(can_type(standing(actor, localdate(now)), _contract(known)))
    typings = list(known.typings.filter(bulletin=bulletin).order_by("reading"))
    refuse_if({"bulletin": _refusals(known, bulletin, typings, actor)})
    if not typings:
        refuse_if({"": _beyond_the_return(known)})
    typing = Typing.objects.create(
        batch=known, bulletin=bulletin, reading=len(typings) + 1, content=dict(content), typed_by=actor,
        typed_on=localdate(now),
    )  # fmt: skip
    if not known.is_typed_twice or (typings and typings[0].content == typing.content):
        _enter(known, bulletin, typing.content, now)
    write(
        actor, "questionnaires.type_bulletin", known, contract_id=_contract(known),
        changes={"bulletin": bulletins.written(bulletin), "reading": typing.reading},
    )  # fmt: skip
    return typing


@transaction.atomic
def settle_bulletin(
    batch: Batch, *, actor: User, bulletin: int, kept: Mapping[str, int], now: datetime
) -> None:
    """Two typings differ: say for each question which one the sheet says (1 or 2)."""
    known = _lock(batch)
    demand(can_type(standing(actor, localdate(now)), _contract(known)))
    typings = list(known.typings.filter(bulletin=bulletin).order_by("reading"))
    settled = Response.objects.filter(bulletin=bulletin).exists()
    refuse_if({"": ["Ce bulletin n'attend pas d'arbitrage."] if settled or len(typings) != 2 else []})
    names = {*typings[0].content, *typings[1].content}
    content = {name: typings[kept.get(name, 1) - 1].content.get(name) for name in names}
    _enter(known, bulletin, {name: value for name, value in content.items() if value is not None}, now)
    write(
        actor, "questionnaires.settle_bulletin", known, contract_id=_contract(known),
        changes={"bulletin": bulletins.written(bulletin), "content": sorted(kept)},
    )  # fmt: skip


def _lock(batch: Batch) -> Batch:
    rows = Batch.objects.select_for_update(of=("self",)).select_related("form__questionnaire")
    return rows.get(pk=batch.pk)


def _contract(batch: Batch) -> int:
    return batch.form.questionnaire.contract_id


def _entered(batch: Batch) -> int:
    return batch.typings.filter(reading=1).count()


def _refusals(batch: Batch, bulletin: int, typings: list[Typing], actor: User) -> list[str]:
    if not batch.first_number <= bulletin <= batch.last_number:
        return [f"Ce bulletin n'est pas du lot {batch}."]
    if not typings and Response.objects.filter(bulletin=bulletin).exists():
        return ["Ce bulletin a déjà répondu en ligne : mettez la feuille de côté."]
    if len(typings) >= (2 if batch.is_typed_twice else 1):
        return ["Ce bulletin est déjà saisi."]
    if any(typing.typed_by_id == actor.pk for typing in typings):
        return ["Vous avez déjà saisi ce bulletin : une autre personne fait la seconde saisie."]
    return []


def _beyond_the_return(batch: Batch) -> list[str]:
    returned = batch.returned or 0
    if _entered(batch) < returned:
        return []
    return [f"{returned} bulletins de ce lot sont revenus, tous saisis : comptez d'abord le retour (CON-3)."]


def _enter(batch: Batch, bulletin: int, content: Mapping[str, Any], now: datetime) -> None:
    Response.objects.create(
        questionnaire=batch.form.questionnaire, form=batch.form, mode=Mode.PAPER, batch=batch,
        received_on=localdate(now), bulletin=bulletin, content=dict(content),
        reference=f"bulletin-{bulletin}",
    )  # fmt: skip
