"""Who consults, who reads what was said. Every refusal is the sentence its reader will see."""

from faubourg.consultation.models import KEEPERS, READERS, CitizenCouncil, CouncilLetter, own_councils
from faubourg.consultation.states import LetterKind
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_consult(standing: Standing, contract_id: int) -> Verdict:
    """The GIP prepares, takes down what is said, answers and links it to the objectives (l. 359-365)."""
    if standing.holds(contract_id, *KEEPERS):
        return ALLOWED
    return denied("Seule l'équipe du GIP tient les concertations : dites-lui ce qu'il faut changer.")


def can_code(standing: Standing, contract_id: int) -> Verdict:
    """Those who read before names are taken out also say which topic they see."""
    if standing.holds(contract_id, *READERS):
        return ALLOWED
    return denied("Les paroles se classent au GIP et à la délégation du préfet, avant leur relecture.")


def can_read_letters(standing: Standing) -> Verdict:
    """Whoever sits on a contract; which letters, the list says."""
    if standing.seats:
        return ALLOWED
    return denied("Ce qu'écrivent les conseils citoyens se lit par ceux qui ont un rôle sur un contrat.")


def can_write_letter(standing: Standing, council: CitizenCouncil) -> Verdict:
    """A councillor for their own council; the GIP types what it receives on paper, and says so (CIT-3)."""
    if council.organisation_id in own_councils(standing) or standing.holds(council.contract_id, *KEEPERS):
        return ALLOWED
    return denied(
        "Seuls les membres de ce conseil citoyen écrivent en son nom ; le GIP peut taper leur lettre."
    )


def can_answer_letter(standing: Standing, letter: CouncilLetter) -> Verdict:
    """The GIP answers; the prefect is the one a referral is made to (B4.3)."""
    roles = (*KEEPERS, Role.PREFECT_DELEGATE) if letter.kind == LetterKind.REFERRAL else KEEPERS
    if standing.holds(letter.council.contract_id, *roles):
        return ALLOWED
    if letter.kind == LetterKind.REFERRAL:
        return denied("À une saisine répondent le délégué du préfet, ou le GIP qui note sa réponse.")
    return denied("La réponse est écrite par l'équipe du GIP.")


def can_read_allowances(standing: Standing, contract_id: int) -> Verdict:
    """Public money: whoever has a role on the contract."""
    if standing.sits_on(contract_id):
        return ALLOWED
    return denied("Les dotations des conseils se lisent par ceux qui ont un rôle sur ce contrat.")


def can_keep_allowance(standing: Standing, contract_id: int) -> Verdict:
    """The team and the one who pays."""
    if standing.holds(contract_id, *KEEPERS, Role.GIP_FINANCE):
        return ALLOWED
    return denied("Les dépenses des conseils sont notées par le GIP : envoyez-lui le justificatif.")


def can_read_receipts(standing: Standing, council: CitizenCouncil) -> Verdict:
    """The council whose receipts they are, and those who check them."""
    if council.organisation_id in own_councils(standing) or standing.holds(council.contract_id, *READERS):
        return ALLOWED
    return denied("Les justificatifs se lisent par ce conseil, le GIP et la délégation du préfet.")


def can_keep_councils(standing: Standing, contract_id: int) -> Verdict:
    """The register of the councils, their members and how to reach them: the GIP alone (CIT-1)."""
    if standing.holds(contract_id, *KEEPERS):
        return ALLOWED
    return denied("Seule l'équipe du GIP tient le registre des conseils citoyens : dites-lui quoi changer.")


def can_read_plan(standing: Standing, contract_id: int) -> Verdict:
    """An annex of the contract: whoever has a role on it (CIT-5)."""
    if standing.sits_on(contract_id):
        return ALLOWED
    return denied("Le plan d'action se lit par ceux qui ont un rôle sur ce contrat.")
