"""Who may do what to a body and its meetings. Every refusal is the sentence its reader will see."""

from faubourg.contracts.models import Contract
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.governance.models import Body, Meeting
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied

SECRETARIAT = (Role.GIP_DIRECTOR, Role.GIP_OFFICER)
"""The GIP runs the meetings (l. 1017-1058)."""


def can_plan(standing: Standing, body: Body) -> Verdict:
    """Only the GIP convenes."""
    if standing.contracts(*SECRETARIAT) & covered(body):
        return ALLOWED
    return denied("Seule l'équipe du GIP réunit les instances : demandez-lui d'inscrire la séance.")


def can_run(standing: Standing, meeting: Meeting) -> Verdict:
    """Agenda, attendance, start, close: the GIP keeps the record (l. 1058)."""
    if standing.contracts(*SECRETARIAT) & covered(meeting.body):
        return ALLOWED
    return denied("Seule l'équipe du GIP tient la séance : signalez-lui ce qu'il faut changer.")


def can_change_template(standing: Standing, contract: Contract) -> Verdict:
    """The Word template of the records is the team's."""
    if standing.holds(contract.pk, *SECRETARIAT):
        return ALLOWED
    return denied("Seule l'équipe du GIP change le modèle Word des relevés.")


def covered(body: Body) -> frozenset[int]:
    """The ids of the contracts a body serves (read from the prefetch when there is one)."""
    return frozenset(contract.pk for contract in body.contracts.all())
