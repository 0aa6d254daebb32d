"""What went wrong with a letter, in words for the person who will send it again."""

import smtplib
import socket

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
