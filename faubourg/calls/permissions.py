"""Who may do what to a call. Every refusal is the sentence its reader will see."""

from datetime import date

from faubourg.calls.models import WRITERS, Call, CouncilConsultation, Envelope
from faubourg.calls.states import CallState
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES, Role
from faubourg.toolkit.days import format_day
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied

_NOT_YOURS = "Le montant d'une enveloppe est donné par le décideur de ce financeur, ou par le GIP."
_CLOSED = denied("L'appel est clos : il ne se modifie plus.")


def can_create(standing: Standing, contract_id: int) -> Verdict:
    return _is_writer(standing, contract_id, "préparent un appel à projets")


def can_create_somewhere(standing: Standing) -> Verdict:
    """Prepares calls on one contract at least."""
    if standing.contracts(*WRITERS):
        return ALLOWED
    return denied("Seuls la direction et les chargés de mission d'un GIP préparent un appel à projets.")


def can_edit(standing: Standing, call: Call) -> Verdict:
    """Change its sections; once open, the actions refuse what would take something away from applicants."""
    return (
        _CLOSED if call.state == CallState.CLOSED else _is_writer(standing, call.contract_id, "le modifient")
    )


def can_open(standing: Standing, call: Call) -> Verdict:
    return _is_writer(standing, call.contract_id, "l'ouvrent")


def can_open_without_consultation(standing: Standing, call: Call) -> Verdict:
    """The exception of PRG-1: the director's own act, with a reason that is published."""
    if standing.holds(call.contract_id, Role.GIP_DIRECTOR):
        return ALLOWED
    return denied(
        "Seule la direction du GIP peut ouvrir l'appel sans que tous les conseils citoyens aient été "
        "consultés, avec un motif publié."
    )


def can_postpone(standing: Standing, call: Call) -> Verdict:
    if call.state != CallState.OPEN:
        return denied("Seul un appel ouvert se prolonge.")
    return _is_writer(standing, call.contract_id, "le prolongent")


def can_close(standing: Standing, call: Call, today: date) -> Verdict:
    """Once the last day is over: what was promised to applicants is kept."""
    if call.state == CallState.OPEN and today <= call.closes_on:
        return denied(f"Les porteurs peuvent déposer jusqu'au {format_day(call.closes_on)} inclus.")
    return _is_writer(standing, call.contract_id, "le closent")


def can_set_envelope(standing: Standing, envelope: Envelope) -> Verdict:
    """The GIP, or the decider of the funder whose money it is; at any time, for a funder may confirm late."""
    contract_id = envelope.call.contract_id
    if standing.holds(contract_id, *GIP_ROLES):
        return ALLOWED
    if envelope.funder_id in standing.organisations(contract_id, Role.FUNDER_DECIDER):
        return ALLOWED
    return denied(_NOT_YOURS)


def can_record_consultation(standing: Standing, call: Call) -> Verdict:
    if call.state == CallState.CLOSED:
        return _CLOSED
    return _is_writer(standing, call.contract_id, "enregistrent les consultations")


def can_answer_consultation(standing: Standing, consultation: CouncilConsultation) -> Verdict:
    """A councillor, for their own council (l. 902)."""
    call = consultation.call
    if consultation.council.organisation_id not in standing.organisations(call.contract_id, Role.COUNCILLOR):
        return denied("Seul un conseiller citoyen de ce conseil répond en son nom.")
    return _CLOSED if call.state == CallState.CLOSED else ALLOWED


# For the page of a call: what to offer, without asking row by row -----------------------------------


def verdicts(standing: Standing, call: Call, today: date) -> dict[str, Verdict]:
    return {
        "edit": can_edit(standing, call),
        "open": can_open(standing, call),
        "postpone": can_postpone(standing, call),
        "close": can_close(standing, call, today),
        "set_envelopes": ALLOWED if standing.holds(call.contract_id, *GIP_ROLES) else denied(_NOT_YOURS),
    }


def own_funders(standing: Standing, call: Call) -> frozenset[int]:
    """The organisations whose envelopes this person decides."""
    return standing.organisations(call.contract_id, Role.FUNDER_DECIDER)


def own_councils(standing: Standing, call: Call) -> frozenset[int]:
    """The organisations for which this person answers as a councillor."""
    if call.state == CallState.CLOSED:
        return frozenset()
    return standing.organisations(call.contract_id, Role.COUNCILLOR)


def _is_writer(standing: Standing, contract_id: int, verb: str) -> Verdict:
    if standing.holds(contract_id, *WRITERS):
        return ALLOWED
    return denied(f"Seuls la direction et les chargés de mission du GIP {verb}.")
