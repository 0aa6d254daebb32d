"""Which letters leave, and when; what went wrong with one, in words for whoever will send it again."""

import smtplib
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from faubourg.messaging.states import Pace

DIGEST_HOUR = 7
"""In Paris: read with the first coffee. A choice of the product, no figure of the law or of the contract."""


@dataclass(frozen=True)
class Kind:
    """A kind of letter: what it is for its reader, when it leaves unless she has said otherwise."""

    label: str
    pace: str = Pace.IMMEDIATE
    is_mandatory: bool = True
    """Official or of security: no preference delays it or turns it off."""
    is_personal: bool = False
    """It may carry a link that opens an account: nobody else reads it nor sends it elsewhere."""


KINDS = {
    "accounts.email_changed": Kind("une adresse changée"),
    "accounts.email_link": Kind("le lien qui confirme une nouvelle adresse", is_personal=True),
    "accounts.invite": Kind("une invitation à ouvrir votre compte", is_personal=True),
    "accounts.second_factor": Kind("votre second facteur retiré"),
    "applications.extend": Kind("un dépôt rouvert pour un dossier"),
    "applications.submit": Kind("le récépissé d'un dépôt"),
    "appraisal.papers": Kind("les pièces d'une séance de comité"),
    "appraisal.record": Kind("le relevé d'une séance de comité"),
    "appraisal.to_applicant": Kind("ce que le GIP demande ou décide sur un dossier"),
    "awards.ask_reduced_plan": Kind("un budget à confirmer, les financeurs ayant moins donné"),
    "awards.notice": Kind("la lettre qui dit les décisions des financeurs"),
    "fph.decision": Kind("ce que le comité du fonds des habitants répond à une demande"),
    "fph.receipt": Kind("le récépissé d'une demande au fonds des habitants"),
    "conversations.to_applicant": Kind("un message du GIP sur un dossier", is_mandatory=False),
    "conversations.to_funders": Kind(
        "un message que le GIP ouvre aux financeurs", pace=Pace.DAILY, is_mandatory=False
    ),
    "conversations.to_gip": Kind("un message d'un porteur", pace=Pace.DAILY, is_mandatory=False),
    "directory.confirm_bank_details": Kind("un RIB confirmé"),
    "directory.left": Kind("la fin d'un rôle"),
    "directory.members_changed": Kind("les membres de votre structure changés par le GIP"),
    "directory.new_role": Kind("un nouveau rôle", is_mandatory=False),
    "directory.paper_expires": Kind("une pièce à renouveler bientôt", pace=Pace.DAILY, is_mandatory=False),
    "directory.record_bank_details": Kind("un RIB à confirmer"),
    "directory.reject_bank_details": Kind("un RIB refusé"),
    "messaging.digest": Kind("le résumé du jour"),
}
"""Every letter the product writes. What is not here writes to nobody: the inner steps of the GIP's work."""


def kind_of(name: str) -> Kind:
    """A letter of an unknown kind is a mistake of whoever wrote the call, found by the first test."""
    if name not in KINDS:
        raise LookupError(f"« {name} » n'est pas dans messaging.rules.KINDS : dites quand ce courriel part.")
    return KINDS[name]


def pace_of(kind: Kind, chosen: str | None) -> Pace:
    """When it leaves: what its reader has chosen, unless it is mandatory."""
    return Pace(kind.pace if kind.is_mandatory or chosen is None else chosen)


def digest(full_name: str, letters: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """(subject, body) of the letter of the day: the others, one after the other, without their greetings."""
    told = [f"{subject}\n\n{_without_greeting(body)}" for subject, body in letters]
    count = len(told)
    return (
        f"Votre résumé du jour : {count} message{'s' if count > 1 else ''}",
        f"Bonjour {full_name},\n\n".replace(" ,", ",")
        + "\n\n----------\n\n".join(told)
        + "\n\n----------\n\nVous recevez un seul courriel par jour ; cela se règle sur « Mon compte ».\n",
    )


def _without_greeting(body: str) -> str:
    greeting, _, rest = body.strip().partition("\n\n")
    return rest if rest and greeting.startswith("Bonjour") else body.strip()


UNSURE = " Le courriel est peut-être parti : vérifiez auprès du destinataire avant de le renvoyer."


def one_line(text: str) -> str:
    """A header holds on one line; a line break in a subject would be an injection."""
    return " ".join(text.split())


def explain(problem: BaseException) -> str:
    """A French sentence, then the server's own words for whoever looks after it."""
    return f"{_sentence(problem)}\nDétail technique : {_detail(problem)}"


def _sentence(problem: BaseException) -> str:
    match problem:
        case smtplib.SMTPRecipientsRefused():
            return "Le serveur refuse cette adresse : corrigez le destinataire, puis envoyez de nouveau."
        case smtplib.SMTPSenderRefused():
            return "Le serveur refuse notre adresse d'expéditeur : prévenez l'administrateur technique."
        case smtplib.SMTPAuthenticationError():
            return "Le serveur refuse notre identifiant : prévenez l'administrateur technique."
        case smtplib.SMTPDataError():
            return "Le serveur refuse le contenu du courriel (taille, pièce jointe ou filtre)."
        case smtplib.SMTPServerDisconnected():
            return "Le serveur de courriel a coupé la conversation." + UNSURE
        case InterruptedError():
            return "L'envoi a été interrompu." + UNSURE
        case TimeoutError():
            return "Le serveur de courriel n'a pas répondu à temps." + UNSURE
        case ConnectionError() | socket.gaierror() | smtplib.SMTPConnectError():
            return "Le serveur de courriel ne répond pas : rien n'est perdu, envoyez de nouveau plus tard."
        case FileNotFoundError():
            return "La pièce jointe est introuvable sur le disque : prévenez l'administrateur technique."
        case _:
            return "L'envoi a échoué : prévenez l'administrateur technique."


def _detail(problem: BaseException) -> str:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return "; ".join(
            f"{address} {code} {_text(words)}" for address, (code, words) in problem.recipients.items()
        )
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{problem.smtp_code} {_text(problem.smtp_error)}"
    return f"{type(problem).__name__}: {problem}"


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
