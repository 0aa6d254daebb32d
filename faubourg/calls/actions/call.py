"""A call from its creation to its closing."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.calls.models import Call, CommitteeGauge, Criterion, Envelope, Milestone, RequiredPaper
from faubourg.calls.permissions import (
    can_close,
    can_create,
    can_open,
    can_open_without_consultation,
    can_postpone,
)
from faubourg.calls.queries import lock, opening_of
from faubourg.calls.rules import REASON_LENGTH, is_reason, shift_years
from faubourg.calls.states import CALL_FLOW, CallState
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.days import format_day
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def create(
    contract: Contract,
    *,
    actor: User,
    year: int,
    title: str,
    opens_on: date,
    closes_on: date,
    now: datetime,
    source: Call | None = None,
) -> Call:
    """Prepare a call, from nothing or from `source`, an earlier call of the same contract."""
    demand(can_create(standing(actor, localdate(now)), contract.pk))
    if source and source.contract_id != contract.pk:
        raise Refusal("L'appel à reprendre relève d'un autre contrat.")
    if closes_on < opens_on:
        raise Refusal({"closes_on": ["Le dernier jour de dépôt vient avant l'ouverture."]})
    call = Call(contract=contract, year=year, title=title.strip(), opens_on=opens_on, closes_on=closes_on)
    save_or_refuse(call)
    if source:
        _resume(call, source, closes_on)
    write(
        actor,
        "calls.create",
        call,
        contract_id=contract.pk,
        changes={"reprend": str(source)} if source else {},
    )
    return call


@transaction.atomic
def open(call: Call, *, actor: User, now: datetime, exception_reason: str = "") -> None:
    """Open to applicants, once nothing is missing and the councils were consulted (PRG-1, l. 902)."""
    lock(call)
    today = localdate(now)
    held = standing(actor, today)
    demand(can_open(held, call))
    if call.state == CallState.OPEN:  # a second click
        return
    before, after = call.state, CALL_FLOW.after("open", CallState(call.state))
    opening = opening_of(call, today)
    refuse_if({"": [missing.sentence for missing in opening.missing]})
    if opening.silences:
        excused = can_open_without_consultation(held, call)
        if not excused and not exception_reason.strip():
            raise Refusal({"": [*opening.silences, excused.reason]})
        demand(excused)
        if not is_reason(exception_reason):
            too_short = (
                f"Écrivez le motif, en {REASON_LENGTH} caractères au moins : il sera publié avec l'appel."
            )
            raise Refusal({"exception_reason": [*opening.silences, too_short]})
        call.exception_reason, call.exception_by = exception_reason.strip(), actor
    call.state, call.opened_at = after, now
    call.version += 1
    call.save()
    changes = {"state": [before, call.state]}
    if opening.silences:
        changes |= {"exception_reason": ["", call.exception_reason], "conseils": opening.silences}
    write(actor, "calls.open", call, contract_id=call.contract_id, changes=changes)


@transaction.atomic
def postpone(call: Call, *, actor: User, closes_on: date, reason: str, now: datetime) -> None:
    """Give applicants more time, never less, and publish why."""
    lock(call)
    today = localdate(now)
    demand(can_postpone(standing(actor, today), call))
    errors: dict[str, list[str]] = {"closes_on": [], "reason": []}
    if closes_on <= call.closes_on:
        errors["closes_on"].append(
            f"Un appel ouvert ne fait que se prolonger : un jour après le {format_day(call.closes_on)}."
        )
    elif closes_on < today:
        errors["closes_on"].append("Cette date est déjà passée : choisissez un jour à venir.")
    if not reason.strip():
        errors["reason"].append("Dites pourquoi : le motif est publié avec l'appel.")
    refuse_if(errors)
    before = call.closes_on
    call.first_closes_on = call.first_closes_on or before
    call.closes_on, call.postponement_reason = closes_on, reason.strip()
    call.version += 1
    call.save()
    changes = {"closes_on": [before, closes_on], "motif": call.postponement_reason}
    write(actor, "calls.postpone", call, contract_id=call.contract_id, changes=changes)


@transaction.atomic
def close(call: Call, *, actor: User, now: datetime) -> None:
    """Put the call away once its last day is over; filed dossiers go on."""
    lock(call)
    today = localdate(now)
    demand(can_close(standing(actor, today), call, today))
    if call.state == CallState.CLOSED:  # a second click
        return
    before, call.state = call.state, CALL_FLOW.after("close", CallState(call.state))
    call.version += 1
    call.save()
    write(actor, "calls.close", call, contract_id=call.contract_id, changes={"state": [before, call.state]})


def save_or_refuse(call: Call) -> None:
    """Save, or say on the title that this contract already has such a call that year."""
    try:
        with transaction.atomic():
            call.save()
    except IntegrityError:
        same = Call.objects.filter(contract=call.contract_id, year=call.year, title=call.title)
        if not same.exclude(pk=call.pk).exists():
            raise
        raise Refusal(
            {"title": [f"Un appel de {call.year} porte déjà cet intitulé : changez l'un des deux."]}
        ) from None


def _resume(call: Call, source: Call, closes_on: date) -> None:
    """Take over what does not change from year to year; amounts are to be confirmed again."""
    call.guidelines, call.contact = source.guidelines, source.contact
    call.short_form_ceiling = source.short_form_ceiling
    call.save(update_fields=["guidelines", "contact", "short_form_ceiling"])
    call.objectives.set(source.objectives.filter(archived_on__isnull=True))
    call.neighbourhoods.set(
        source.neighbourhoods.exclude(to_on__lt=closes_on).filter(pk__in=call.contract.neighbourhoods.all())
    )
    years = call.year - source.year
    Milestone.objects.bulk_create(
        Milestone(call=call, label=one.label, due_on=shift_years(one.due_on, years))
        for one in source.milestones.all()
    )
    Envelope.objects.bulk_create(
        Envelope(call=call, funder_id=one.funder_id, line=one.line, position=one.position)
        for one in source.envelopes.all()
    )
    RequiredPaper.objects.bulk_create(
        RequiredPaper(
            call=call,
            label=one.label,
            help=one.help,
            scope=one.scope,
            is_required=one.is_required,
            kind=one.kind,
            position=one.position,
        )
        for one in source.papers.all()
    )
    Criterion.objects.bulk_create(
        Criterion(call=call, label=one.label, help=one.help, weight=one.weight, position=one.position)
        for one in source.criteria.all()
    )
    CommitteeGauge.objects.bulk_create(
        CommitteeGauge(call=call, body_id=one.body_id, most_applications=one.most_applications)
        for one in source.gauges.all()
    )
