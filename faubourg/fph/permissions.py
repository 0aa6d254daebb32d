"""Who opens a fund, asks it, decides, pays. Every refusal is the sentence its reader will see."""

from datetime import date

from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES, Role
from faubourg.fph.models import READERS, Fund, Request
from faubourg.fph.states import PROVABLE
from faubourg.toolkit.days import format_day
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied

KEEPERS = (Role.GIP_DIRECTOR, Role.GIP_OFFICER)
PAYERS = (*KEEPERS, Role.GIP_FINANCE)


def can_keep_fund(standing: Standing, contract_id: int) -> Verdict:
    """The GIP opens the fund, types paper requests, writes what the committee decides (l. 904)."""
    if standing.holds(contract_id, *KEEPERS):
        return ALLOWED
    return denied("Seule l'équipe du GIP tient le fonds des habitants : dites-lui ce qu'il faut changer.")


def can_read_requests(standing: Standing, contract_id: int) -> Verdict:
    """The committee, the funders and the GIP read what is asked, without anybody's name."""
    if standing.holds(contract_id, *READERS):
        return ALLOWED
    return denied("Les demandes se lisent au GIP, au comité du fonds et chez les financeurs.")


def can_read_contacts(standing: Standing, contract_id: int) -> Verdict:
    """Names and telephones are for those who answer and pay."""
    if standing.holds(contract_id, *GIP_ROLES):
        return ALLOWED
    return denied("Les noms et les téléphones des habitants restent au GIP.")


def can_file_request(fund: Fund, today: date) -> Verdict:
    """Anyone, without an account, while the fund is open."""
    if fund.is_open(today):
        return ALLOWED
    if today < fund.opens_on:
        return denied(f"Le fonds ouvre le {format_day(fund.opens_on)}. Revenez ce jour-là.")
    return denied(
        f"Le fonds {fund.year} est fermé depuis le {format_day(fund.closes_on)}. Demandez à l'équipe quand "
        "ouvre le prochain."
    )


def can_pay(standing: Standing, contract_id: int) -> Verdict:
    """The GIP writes what is paid or bought, receives what proves it, settles (FPH-4)."""
    if standing.holds(contract_id, *PAYERS):
        return ALLOWED
    return denied("Seule l'équipe du GIP note les paiements et les justificatifs du fonds.")


def can_read_proofs(standing: Standing, contract_id: int) -> Verdict:
    """A ticket may bear a name, a photograph a face."""
    if standing.holds(contract_id, *GIP_ROLES):
        return ALLOWED
    return denied("Les tickets, les reçus et les photos restent au GIP.")


def can_prove(request: Request) -> Verdict:
    """From the decision to the settlement, whoever holds the secret number."""
    if request.state in PROVABLE:
        return ALLOWED
    return denied("Cette demande n'attend pas de ticket ni de photo.")
