"""From words to objectives: typed links, each with its reason (CON-5)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.models import Contribution, ObjectiveLink, Topic
from faubourg.consultation.permissions import can_consult
from faubourg.contracts.models import Contract, Objective
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def link_to_objective(
    start: Contribution | Topic, objective: Objective, *, actor: User, reason: str, now: datetime
) -> ObjectiveLink:
    """What was said, or all of a topic, leads to this objective; said twice, the last reason stays."""
    Contract.objects.select_for_update().get(pk=start.contract_id)
    demand(can_consult(standing(actor, localdate(now)), start.contract_id))
    refuse_if(
        {
            "objective": ["Cet objectif est celui d'un autre contrat."]
            if objective.contract_id != start.contract_id
            else ["Cet objectif est archivé : choisissez celui qui le remplace."]
            if objective.archived_on
            else [],
            "reason": []
            if reason.strip()
            else ["Dites en une phrase pourquoi ces mots mènent à cet objectif."],
        }
    )
    side: dict[str, Any] = {"contribution" if isinstance(start, Contribution) else "topic": start}
    link, _ = ObjectiveLink.objects.update_or_create(
        **side,
        objective=objective,
        defaults={"reason": reason.strip(), "linked_by": actor, "linked_on": localdate(now)},
    )
    changes = {"objectives": ["", str(objective)], "reason": link.reason}
    write(actor, "consultation.link_to_objective", start, contract_id=start.contract_id, changes=changes)
    return link


@transaction.atomic
def unlink_from_objective(link: ObjectiveLink, *, actor: User, now: datetime) -> None:
    """A link made by mistake; the journal keeps that it was there."""
    start = link.contribution or link.topic
    assert start is not None  # noqa: S101
    Contract.objects.select_for_update().get(pk=start.contract_id)
    demand(can_consult(standing(actor, localdate(now)), start.contract_id))
    changes = {"objectives": [str(link.objective), ""], "reason": link.reason}
    ObjectiveLink.objects.filter(pk=link.pk).delete()
    write(actor, "consultation.unlink_from_objective", start, contract_id=start.contract_id, changes=changes)
