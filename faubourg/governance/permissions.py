"""Who may do what to a body and its meetings. Every refusal is the sentence its reader will see."""

from faubourg.contracts.models import Contract
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES, Role
from faubourg.governance.models import Body, Meeting, Task
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


def can_follow_up(standing: Standing, task: Task) -> Verdict:
    """Whoever is in charge says where it stands; the GIP may say it for them (GOV-2)."""
    if is_in_charge(standing, task) or can_run(standing, task.decision.meeting):
        return ALLOWED
    return denied(f"Cette suite est confiée à {task.who} : l'équipe du GIP peut aussi la mettre à jour.")


def is_in_charge(standing: Standing, task: Task) -> bool:
    """The person named; without one, whoever belongs to the organisation, or sits for it."""
    if task.in_charge_id is not None or task.organisation_id is None:
        return task.in_charge_id == standing.user_id
    contract = task.decision.contract
    is_gip = task.organisation_id == contract.gip_id and standing.holds(contract.pk, *GIP_ROLES)
    sits = {seat.organisation_id for seat in standing.seats if seat.contract_id == contract.pk}
    return is_gip or task.organisation_id in sits or standing.acts_for(task.organisation_id)


def covered(body: Body) -> frozenset[int]:
    """The ids of the contracts a body serves (read from the prefetch when there is one)."""
    return frozenset(contract.pk for contract in body.contracts.all())
