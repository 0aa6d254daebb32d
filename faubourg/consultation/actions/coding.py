"""Two people say which topic they see in what was said; a third act settles what they see differently."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.actions.contributions import lock_contribution
from faubourg.consultation.models import READINGS, Coding, Contribution, Topic
from faubourg.consultation.permissions import can_code, can_consult
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def add_topic(contract: Contract, *, actor: User, label: str, now: datetime, definition: str = "") -> Topic:
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_consult(standing(actor, localdate(now)), contract.pk))
    _refuse_known_label(contract.pk, label)
    last = Topic.objects.filter(contract=contract).aggregate(last=Max("position"))["last"] or 0
    topic = Topic.objects.create(
        contract=contract, label=label.strip(), definition=definition.strip(), position=last + 1
    )
    write(actor, "consultation.add_topic", topic, contract_id=contract.pk)
    return topic


@transaction.atomic
def revise_topic(topic: Topic, *, actor: User, label: str, now: datetime, definition: str = "") -> Topic:
    """A new version: what was read with the old one still says the old one."""
    Contract.objects.select_for_update().get(pk=topic.contract_id)
    demand(can_consult(standing(actor, localdate(now)), topic.contract_id))
    known = _alive(topic)
    if known.label == label.strip() and known.definition == definition.strip():
        return known
    _refuse_known_label(known.contract_id, label, but=known)
    is_used = Coding.objects.filter(topic=known).exists() or Contribution.objects.filter(topic=known).exists()
    revised = known
    if is_used:
        known.archived_on = localdate(now)
        known.save(update_fields=["archived_on"])
        revised = Topic(
            contract_id=known.contract_id, position=known.position, version=known.version + 1, replaces=known
        )
    before = known.label
    revised.label, revised.definition = label.strip(), definition.strip()
    revised.save()
    changes = {"label": [before, revised.label]}
    write(actor, "consultation.revise_topic", revised, contract_id=known.contract_id, changes=changes)
    return revised


@transaction.atomic
def archive_topic(topic: Topic, *, actor: User, now: datetime) -> None:
    """No longer offered to readers; what was read stays."""
    Contract.objects.select_for_update().get(pk=topic.contract_id)
    demand(can_consult(standing(actor, localdate(now)), topic.contract_id))
    known = _alive(topic)
    known.archived_on = localdate(now)
    known.save(update_fields=["archived_on"])
    write(actor, "consultation.archive_topic", known, contract_id=known.contract_id)


@transaction.atomic
def code_contribution(
    contribution: Contribution, *, actor: User, topic: Topic | None, now: datetime
) -> Coding:
    """The first or the second reading; when both agree, the topic of the contribution is settled."""
    known = lock_contribution(contribution)
    demand(can_code(standing(actor, localdate(now)), known.contract_id))
    if topic is not None and (topic.contract_id != known.contract_id or topic.archived_on):
        raise Refusal({"topic": ["Ce thème n'est plus proposé : choisissez-en un de la liste."]})
    codings = {coding.coder_id: coding for coding in Coding.objects.filter(contribution=known)}
    mine = codings.get(actor.pk)
    if mine is None and len(codings) == len(READINGS):
        raise Refusal("Deux personnes ont déjà classé cette parole.")
    if mine is not None and len(codings) == len(READINGS):
        raise Refusal("Les deux lectures sont faites : c'est au tour de qui tranche.")
    mine = mine or Coding(contribution=known, coder=actor, reading=len(codings) + 1)
    mine.topic, mine.coded_at = topic, now
    mine.save()
    write(actor, "consultation.code_contribution", known, contract_id=known.contract_id)
    readings = list(Coding.objects.filter(contribution=known))
    if len(readings) == len(READINGS) and len({one.topic_id for one in readings}) == 1:
        known.topic = topic
        known.save(update_fields=["topic"])
    return mine


@transaction.atomic
def settle_topic(
    contribution: Contribution, *, actor: User, topic: Topic | None, reason: str, now: datetime
) -> None:
    """What the two readings see differently, settled in words; nothing of the readings changes."""
    known = lock_contribution(contribution)
    demand(can_consult(standing(actor, localdate(now)), known.contract_id))
    refuse_if(
        {
            "reason": [] if reason.strip() else ["Dites pourquoi ce thème l'emporte."],
            "topic": ["Ce thème est celui d'un autre contrat."]
            if topic is not None and topic.contract_id != known.contract_id
            else [],
        }
    )
    if Coding.objects.filter(contribution=known).count() < len(READINGS):
        raise Refusal("Cette parole n'a pas encore ses deux lectures.")
    before = str(known.topic or "")
    known.topic, known.topic_reason = topic, reason.strip()
    known.save(update_fields=["topic", "topic_reason"])
    changes = {"topic": [before, str(topic or "aucun thème")], "reason": known.topic_reason}
    write(actor, "consultation.settle_topic", known, contract_id=known.contract_id, changes=changes)


def _alive(topic: Topic) -> Topic:
    known = Topic.objects.get(pk=topic.pk)
    if known.archived_on:
        raise Refusal("Ce thème est archivé.")
    return known


def _refuse_known_label(contract_id: int, label: str, but: Topic | None = None) -> None:
    twins = Topic.objects.filter(contract=contract_id, label=label.strip(), archived_on=None)
    is_known = (twins.exclude(pk=but.pk) if but else twins).exists()
    refuse_if(
        {
            "label": ["Ce thème est déjà dans la liste."]
            if is_known
            else []
            if label.strip()
            else ["Nommez le thème."]
        }
    )
