"""The minutes of a gathering: written, validated, then published, never in another order (CON-6)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.actions.gatherings import lock_gathering
from faubourg.consultation.models import Gathering, GatheringMinutes
from faubourg.consultation.permissions import can_consult
from faubourg.consultation.states import MINUTES_FLOW, MinutesState
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def write_minutes(gathering: Gathering, *, actor: User, text: str, now: datetime) -> GatheringMinutes:
    """By the GIP; once validated, the text no longer changes."""
    known = lock_gathering(gathering)
    contract_id = known.consultation.contract_id
    demand(can_consult(standing(actor, localdate(now)), contract_id))
    minutes = GatheringMinutes.objects.filter(gathering=known).first()
    refuse_if(
        {
            "text": ["Ce compte rendu est validé : il ne se modifie plus."]
            if minutes and minutes.state != MinutesState.WRITTEN
            else []
            if text.strip()
            else ["Écrivez ce qui s'est dit avant d'enregistrer."]
        }
    )
    minutes = minutes or GatheringMinutes(gathering=known)
    minutes.text, minutes.written_by, minutes.written_on = text.strip(), actor, localdate(now)
    minutes.save()
    write(actor, "consultation.write_minutes", minutes, contract_id=contract_id)
    return minutes


@transaction.atomic
def validate_minutes(
    gathering: Gathering, *, actor: User, body: str, validated_on: date, now: datetime
) -> None:
    """Which body read it, and on what day (l. 359)."""
    known = lock_gathering(gathering)
    demand(can_consult(standing(actor, localdate(now)), known.consultation.contract_id))
    minutes = _written(known)
    refuse_if(
        {
            "body": [] if body.strip() else ["Nommez l'instance qui l'a validé."],
            "validated_on": ["Cette date est à venir : notez la validation quand elle a eu lieu."]
            if validated_on > localdate(now)
            else [],
        }
    )
    minutes.state = MINUTES_FLOW.after("validate_minutes", minutes.state)
    minutes.validated_by_body, minutes.validated_on = body.strip(), validated_on
    minutes.save()
    changes = {"validated_on": [None, validated_on], "validated_by_body": ["", minutes.validated_by_body]}
    write(
        actor, "consultation.validate_minutes", minutes, contract_id=known.consultation.contract_id,
        changes=changes,
    )  # fmt: skip


@transaction.atomic
def publish_minutes(gathering: Gathering, *, actor: User, now: datetime) -> None:
    """Refused before the validation, whoever asks (CON-6)."""
    known = lock_gathering(gathering)
    demand(can_consult(standing(actor, localdate(now)), known.consultation.contract_id))
    minutes = _written(known)
    refuse_if(
        {
            "": ["Ce compte rendu n'est pas validé : faites-le valider avant de le diffuser."]
            if minutes.state == MinutesState.WRITTEN
            else []
        }
    )
    minutes.state = MINUTES_FLOW.after("publish_minutes", minutes.state)
    minutes.published_on = localdate(now)
    minutes.save()
    write(actor, "consultation.publish_minutes", minutes, contract_id=known.consultation.contract_id)


def _written(gathering: Gathering) -> GatheringMinutes:
    minutes = GatheringMinutes.objects.filter(gathering=gathering).first()
    refuse_if({"": [] if minutes else ["Le compte rendu n'est pas encore rédigé."]})
    assert minutes is not None  # noqa: S101
    return minutes
