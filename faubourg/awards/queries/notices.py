"""The letters to applicants: who awaits one, what it says, to whom it goes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.applications.states import State
from faubourg.awards.models import AwardNotice
from faubourg.awards.queries.decisions import DecisionLine
from faubourg.awards.rules import outcome
from faubourg.awards.states import FundingOutcome, Outcome
from faubourg.calls.models import Call
from faubourg.contracts.queries import parameter
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.directory.models import Membership, Organisation
from faubourg.directory.states import MembershipRole
from faubourg.messaging.models import Message
from faubourg.messaging.queries import count_by_state, messages_of
from faubourg.messaging.states import MessageState
from faubourg.toolkit.days import format_day
from faubourg.toolkit.money import format_euros

AWAITED = (State.VALIDATED, State.NOTIFIED)
"""A letter that failed and was put aside leaves a dossier notified, without a letter: it is given another."""
TEMPLATE = "awards/typst/notice.typ"
RECOURSE = "lettre.recours"
UNKNOWN_RECOURSE = "Voies et délais de recours : à confirmer auprès de chaque financeur."


def notices_of(call: Call) -> QuerySet[AwardNotice]:
    """The letters of a call that have not been put aside, with their dossier and their message."""
    return (
        AwardNotice.objects.filter(application__call=call)
        .exclude(message__state=MessageState.DISCARDED)
        .select_related("application__applicant", "application__call", "message", "document")
        .order_by("application__number", "pk")
    )


def awaiting_notice(call: Call) -> QuerySet[Application]:
    """Validated dossiers without a letter, or whose letter was put aside."""
    written = AwardNotice.objects.exclude(message__state=MessageState.DISCARDED).values("application")
    return (
        Application.objects.filter(call=call, state__in=AWAITED)
        .exclude(pk__in=written)
        .select_related("call__contract__gip", "applicant")
        .order_by("number", "pk")
    )


def notice_of(application: Application) -> AwardNotice | None:
    return AwardNotice.objects.filter(application=application).select_related("message").first()


def application_behind(message: Message) -> Application | None:
    """The dossier whose decisions this message announces, when it announces some."""
    notice = notice_behind(message)
    return notice.application if notice else None


def notice_behind(message: Message) -> AwardNotice | None:
    """The letter to an applicant that this message carries, when it carries one."""
    return AwardNotice.objects.filter(message=message).select_related("application__call", "message").first()


def can_be_sent_again(message: Message) -> bool:
    """The letter of a dossier that has left; each dossier has one letter at a time."""
    return message.state == MessageState.SENT and notice_behind(message) is not None


def recipient_of(organisation: Organisation) -> tuple[str, str]:
    """(address, name): that of the organisation, else of a signatory; ("", "") when there is none."""
    if organisation.email:
        return organisation.email, organisation.name
    signatories = Membership.objects.filter(organisation=organisation, role=MembershipRole.SIGNATORY)
    people = User.objects.filter(pk__in=signatories.values("user"), is_active=True)
    person = people.order_by("pk").first()
    return (person.email, person.full_name) if person else ("", "")


def letter_words(application: Application, lines: list[DecisionLine], today: date) -> dict[str, Any]:
    """The data of the letter: what every funder has decided, its act, its reasons (PRG-10)."""
    call, applicant = application.call, application.applicant
    gip = call.contract.gip
    recourse = parameter(call.contract_id, RECOURSE, today)
    return {
        "title": f"Décisions sur le dossier {application.number}",
        "is_fictitious": application.is_fictitious or applicant.is_fictitious,
        "sender": _party(gip) if gip else {"name": call.contract.name, "lines": []},
        "place": gip.town if gip and gip.town else "Lieu à confirmer",
        "day": format_day(today),
        "recipient": _party(applicant, applicant.legal_representative),
        "references": [["Dossier", application.number], ["Appel à projets", str(call)]],
        "subject": f"décisions des financeurs sur « {application.title} »",
        "body": [
            "Madame, Monsieur,",
            *_opening(application, lines),
            {"table": _table(lines)},
            *_remarks(lines),
            recourse.text_value if recourse and recourse.text_value else UNKNOWN_RECOURSE,
            "Cette lettre rassemble les décisions ; chaque financeur vous adressera l'acte ou la convention "
            "qui le concerne.",
        ],
        "signatory": {
            "name": gip.legal_representative if gip and gip.legal_representative else "Nom à confirmer",
            "title": gip.legal_representative_title if gip else "",
        },
    }


def mail_words(application: Application, lines: list[DecisionLine]) -> dict[str, str]:
    """Subject and text of the e-mail that carries the letter."""
    mark = "[FICTIF] " if application.is_fictitious or application.applicant.is_fictitious else ""
    funders = "\n".join(f"- {line.funder} : {_in_words(line)}" for line in lines)
    return {
        "subject": f"{mark}Dossier {application.number} : décisions des financeurs",
        "body": (
            f"Bonjour,\n\n{' '.join(_opening(application, lines))}\n\n{funders}\n\n"
            "Vous trouverez la lettre en pièce jointe.\n\n"
            f"Pour toute question : {application.call.contact or 'contact à confirmer'}\n"
        ),
    }


def letters_for(standing: Standing, state: str = "") -> QuerySet[Message]:
    """The outbox of the contracts whose GIP team one belongs to, newest first."""
    letters = messages_of(standing.contracts(Role.GIP_DIRECTOR, Role.GIP_OFFICER))
    return letters.filter(state=state) if state in MessageState.values else letters


def letter_states(standing: Standing) -> list[tuple[str, str, int]]:
    """(state, label, number) of the outbox, states without a letter left out."""
    counts = count_by_state(standing.contracts(Role.GIP_DIRECTOR, Role.GIP_OFFICER))
    return [(state, label, counts[state]) for state, label in MessageState.choices if counts[state]]


def letter_for(standing: Standing, pk: int) -> Message:
    """One letter of the outbox, or 404."""
    return get_object_or_404(letters_for(standing), pk=pk)


def _party(organisation: Organisation, attention: str = "") -> dict[str, Any]:
    town = f"{organisation.postcode} {organisation.town}".strip()
    lines = [f"À l'attention de {attention}" if attention else "", organisation.address, town]
    return {"name": organisation.name, "lines": [line for line in lines if line]}


def _opening(application: Application, lines: list[DecisionLine]) -> list[str]:
    awarded = sum(line.awarded or 0 for line in lines)
    given = f"{format_euros(awarded)} vous sont accordés."
    sentence = {
        Outcome.GRANTED: f"Votre demande est acceptée : {given}",
        Outcome.PARTLY_GRANTED: f"Votre demande est acceptée en partie : {given}",
        Outcome.REJECTED: "Aucun financeur n'a retenu votre demande.",
    }.get(outcome([line.verdict for line in lines]), "Vos financeurs ont décidé.")
    return [
        f"Vous avez déposé le {format_day(_filed_on(application))} le dossier « {application.title} ». "
        "Les financeurs ont décidé, chacun pour ce qui lui était demandé ; le comité de pilotage du contrat "
        "de ville a validé la programmation.",
        sentence,
    ]


def _filed_on(application: Application) -> date | None:
    return localdate(application.submitted_at) if application.submitted_at else None


def _table(lines: Iterable[DecisionLine]) -> dict[str, Any]:
    return {
        "caption": "Décision de chaque financeur",
        "header": ["Financeur", "Demandé", "Décision", "Accordé", "Acte"],
        "numeric": [1, 3],
        "widths": [3, None, 2, None, 3],
        "rows": [
            [
                line.funder,
                format_euros(line.requested),
                line.outcome_label,
                format_euros(line.awarded) if line.awarded else "–",
                f"{line.act} du {format_day(line.decided_on)}".strip(),
            ]
            for line in lines
        ],
    }


def _remarks(lines: Iterable[DecisionLine]) -> list[Any]:
    """The period each grant covers; reasons of refusals, conditions of grants, in the funders' own words."""
    lines = list(lines)
    periods = [f"{line.funder}, période : {line.period}" for line in lines if line.period]
    reasons = [f"{line.funder}, motif : {line.reason}" for line in lines if line.reason]
    conditions = [f"{line.funder}, conditions : {line.conditions}" for line in lines if line.conditions]
    items = periods + reasons + conditions
    return [{"items": items}] if items else []


def _in_words(line: DecisionLine) -> str:
    if line.outcome == FundingOutcome.GRANTED:
        return f"accordé, {format_euros(line.awarded)} (demandé : {format_euros(line.requested)})"
    return f"{line.outcome_label.lower()}{f', {line.reason}' if line.reason else ''}"
