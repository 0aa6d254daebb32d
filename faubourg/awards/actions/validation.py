"""The steering committee validates, in one act, what the funders have decided (PRG-6, GOV-3)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications import actions as applications
from faubourg.applications.models import Application
from faubourg.applications.states import State
from faubourg.awards.models import ProgrammeItem, ValidatedApplication, ValidationException
from faubourg.awards.permissions import can_validate
from faubourg.awards.queries.validation import away, locked_for_validation
from faubourg.calls.models import Call
from faubourg.contracts.queries import standing
from faubourg.governance.actions.agenda import place_item
from faubourg.governance.actions.decisions import number_decision
from faubourg.governance.actions.meetings import hold
from faubourg.governance.models import AgendaItem, Decision, Meeting
from faubourg.governance.states import BodyKind, ItemKind
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def present_programme(call: Call, meeting: Meeting | None, *, actor: User, now: datetime) -> AgendaItem:
    """The programming of a call as a point of a steering committee, once per meeting."""
    demand(can_validate(standing(actor, localdate(now)), call.contract_id))
    _refuse_another_body(call, meeting)
    assert meeting is not None  # noqa: S101  (refused above)
    hold(meeting, actor=actor, now=now)
    already = ProgrammeItem.objects.filter(item__meeting=meeting, call=call).select_related("item").first()
    if already is not None:
        return already.item
    item = place_item(meeting, actor=actor, title=f"Programmation · {call}", minutes=30, now=now)
    item.kind = ItemKind.PROGRAMME
    item.save(update_fields=["kind"])
    ProgrammeItem.objects.create(item=item, call=call)
    return item


@transaction.atomic
def validate(
    call: Call,
    meeting: Meeting | None,
    keys: Collection[int],
    *,
    exceptions: Mapping[int, str] | None = None,
    gone: Mapping[int, str] | None = None,
    actor: User,
    now: datetime,
) -> Decision:
    """One numbered decision of the meeting, attached to the contract, for all the dossiers chosen.

    `exceptions`: {dossier: why it is left aside}, « validé sauf … »; those named nowhere were not presented.
    `gone`: {dossier: who told a tie in session and went out}, beside those whose tie is known.
    """
    held = standing(actor, localdate(now))
    demand(can_validate(held, call.contract_id))
    _refuse_another_body(call, meeting)
    assert meeting is not None  # noqa: S101  (refused above)
    exceptions = exceptions or {}
    everyone = locked_for_validation(call, {*keys, *exceptions})
    chosen = [one for one in everyone if one.pk in set(keys)]
    aside = [one for one in everyone if one.pk in exceptions]
    late = [str(one) for one in chosen if one.state != State.DECIDED]
    if not chosen or late or len(chosen) != len(set(keys)):
        raise Refusal({"applications": [_what_is_wrong(late)]})
    _refuse_wrong_exceptions(aside, chosen, exceptions)
    tied = [str(one) for one in everyone if held.is_tied_to(one.applicant_id)]
    if tied:
        raise Refusal(
            {
                "applications": [
                    "Vous êtes lié aux structures de ces dossiers : décochez-les, une autre personne du GIP "
                    "les enregistre (déport). " + " ; ".join(tied)
                ]
            }
        )
    decision = number_decision(
        meeting,
        actor=actor,
        contract=call.contract,
        text=_text(len(chosen), call, aside, exceptions)
        + _who_went_out(away(meeting, everyone, localdate(now)), everyone, gone or {}),
        now=now,
    )
    for application in aside:
        ValidationException.objects.create(
            application=application, decision=decision, reason=exceptions[application.pk].strip()
        )
        write(
            actor, "awards.leave_aside", application, contract_id=call.contract_id,
            changes={"décision du COPIL": str(decision), "reason": exceptions[application.pk].strip()},
        )  # fmt: skip
    for application in chosen:
        ValidatedApplication.objects.create(application=application, decision=decision)
        applications.advance(
            application,
            "validate",
            verb="awards.validate",
            actor=actor,
            changes={"décision du COPIL": str(decision)},
        )
    return decision


def _refuse_another_body(call: Call, meeting: Meeting | None) -> None:
    if meeting is None or meeting.body.kind != BodyKind.STEERING:
        raise Refusal({"meeting": ["Choisissez la séance du comité de pilotage qui valide."]})
    if not meeting.body.contracts.filter(pk=call.contract_id).exists():
        raise Refusal(
            {
                "meeting": [
                    f"Ce comité de pilotage ne couvre pas « {call.contract} » : une décision se rattache "
                    "à un contrat (contrat, l. 970)."
                ]
            }
        )


def _what_is_wrong(late: list[str]) -> str:
    if late:
        return "Ces dossiers n'attendent plus de validation, ou pas encore : " + " ; ".join(late) + "."
    return "Cochez au moins un dossier décidé par tous ses financeurs."


def _refuse_wrong_exceptions(
    aside: Collection[Application], chosen: Collection[Application], exceptions: Mapping[int, str]
) -> None:
    both = {one.pk for one in chosen} & set(exceptions)
    refuse_if(
        {
            "applications": [
                *(["Un dossier est validé ou laissé de côté, pas les deux."] if both else []),
                *(
                    f"Dites pourquoi « {one} » est laissé de côté."
                    for one in aside
                    if not exceptions[one.pk].strip()
                ),
                *(f"« {one} » n'attend pas de validation." for one in aside if one.state != State.DECIDED),
            ]
        }
    )


def _who_went_out(
    known: Mapping[int, list[str]], everyone: Collection[Application], gone: Mapping[int, str]
) -> str:
    """Those present who are tied to an applicant, or have just said so, in the decision (PRG-7, B2.5)."""
    names = sorted({name for people in known.values() for name in people})
    names += [f"{gone[one.pk].strip()} (pour {one.number})" for one in everyone if one.pk in gone]
    return f" Déports notés : {', '.join(names)}." if names else ""


def _text(count: int, call: Call, aside: Collection[Application], exceptions: Mapping[int, str]) -> str:
    which = "du dossier présenté" if count == 1 else f"des {count} dossiers présentés"
    text = f"Le comité de pilotage valide la programmation {which} au titre de « {call} »"
    told = [f"{one} ({exceptions[one.pk].strip()})" for one in aside]
    return f"{text}, sauf : {' ; '.join(told)}." if told else f"{text}."
