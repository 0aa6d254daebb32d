"""Who may search the journal."""

from faubourg.accounts.rules import Office
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_read_journal(office: Office) -> Verdict:
    """The entries of one's contracts for the GIP; accounts and directory for the technical administrator."""
    if office.is_gip or office.is_technical_admin:
        return ALLOWED
    return denied(
        "Le journal est lu par l'équipe du GIP et par l'administrateur technique. "
        "L'histoire d'un dossier est sur sa page."
    )
