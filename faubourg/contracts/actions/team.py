"""Who sits on a contract, as what, until when. A seat that has ended is kept (GOV-4)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.actions import invite
from faubourg.accounts.models import User
from faubourg.contracts.models import Contract, TeamMember
from faubourg.contracts.permissions.team import can_end_seat, can_give_seat, can_require_second_factor
from faubourg.contracts.queries import standing
from faubourg.contracts.states import ROLES_FOR_AN_ORGANISATION, Role
from faubourg.directory.actions import announce
from faubourg.directory.models import Organisation
from faubourg.directory.states import OrganisationKind
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand

DATES = ("from_on", "to_on")
NOT_ONESELF = "On ne se donne pas un rôle à soi-même : demandez à une autre direction ou à l'administrateur."


@transaction.atomic
def give_seat(
    contract: Contract,
    *,
    actor: User,
    role: str,
    email: str,
    full_name: str = "",
    organisation: Organisation | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    now: datetime,
) -> TeamMember:
    """A role on the contract for the person at this address, invited when she has no account yet.

    A seat held before is opened again with the new dates: the journal keeps the former ones.
    """
    _lock(contract)
    demand(can_give_seat(standing(actor, localdate(now)), contract.pk))
    refuse_if(_errors(role, organisation, from_on, to_on))
    if email.strip().lower() == actor.email:
        raise Refusal({"email": [NOT_ONESELF]})
    user, invitation = invite(email, full_name, actor=actor, now=now)
    seat, is_new = TeamMember.objects.get_or_create(
        contract=contract,
        user=user,
        role=role,
        organisation=organisation,
        defaults={"from_on": from_on, "to_on": to_on},
    )
    before = {} if is_new else snapshot(seat, DATES)
    if not is_new:
        if seat.is_current(localdate(now)) and (seat.from_on, seat.to_on) == (from_on, to_on):
            raise Refusal({"email": [f"{user.full_name} tient déjà ce rôle, aux mêmes dates."]})
        seat.from_on, seat.to_on = from_on, to_on
        seat.save(update_fields=DATES)
    changes = {
        "personne": user.full_name,
        "role": role,
        **({"pour": organisation.name} if organisation else {}),
        **differences(before, snapshot(seat, DATES)),
    }
    write(actor, "contracts.give_seat", seat, contract_id=contract.pk, changes=changes)
    label = str(Role(role).label) + (f" ({organisation})" if organisation else "")
    announce(
        user, invitation, place=contract.name, roles=label, actor=actor, now=now, contract_id=contract.pk
    )
    return seat


@transaction.atomic
def end_seat(seat: TeamMember, *, actor: User, to_on: date, now: datetime) -> None:
    """The last day of the seat, that day included. Nothing is deleted: decisions rest on it."""
    _lock(seat.contract)
    seat.refresh_from_db(from_queryset=TeamMember.objects.select_for_update())
    demand(can_end_seat(standing(actor, localdate(now)), seat.contract_id))
    if seat.from_on and to_on < seat.from_on:
        raise Refusal({"to_on": ["Le dernier jour ne peut pas précéder le premier."]})
    if seat.role == Role.GIP_DIRECTOR and _is_last_director(seat, to_on):
        raise Refusal(
            {
                "to_on": [
                    "C'est la dernière direction du contrat : donnez d'abord ce rôle à quelqu'un d'autre."
                ]
            }
        )
    before = snapshot(seat, DATES)
    seat.to_on = to_on
    seat.save(update_fields=DATES)
    changes = {
        "personne": seat.user.full_name,
        "role": seat.role,
        **differences(before, snapshot(seat, DATES)),
    }
    write(actor, "contracts.end_seat", seat, contract_id=seat.contract_id, changes=changes)


@transaction.atomic
def require_second_factor(contract: Contract, *, actor: User, required: bool, now: datetime) -> None:
    """Ask the GIP and the funders of this contract for a second factor, or no longer (B8.9)."""
    _lock(contract)
    demand(can_require_second_factor(standing(actor, localdate(now)), contract.pk))
    if contract.requires_second_factor == required:
        return
    contract.requires_second_factor = required
    contract.save(update_fields=["requires_second_factor"])
    changes = {"requires_second_factor": [not required, required]}
    write(actor, "contracts.require_second_factor", contract, contract_id=contract.pk, changes=changes)


def _lock(contract: Contract) -> None:
    contract.refresh_from_db(from_queryset=Contract.objects.select_for_update())


def _errors(
    role: str, organisation: Organisation | None, from_on: date | None, to_on: date | None
) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if role not in Role.values:
        errors["role"] = ["Choisissez un rôle."]
    if role in ROLES_FOR_AN_ORGANISATION and organisation is None:
        errors["organisation"] = ["Ce rôle se tient pour une structure : choisissez laquelle."]
    if role == Role.COUNCILLOR and organisation and organisation.kind != OrganisationKind.CITIZEN_COUNCIL:
        errors["organisation"] = ["Un conseiller citoyen siège pour un conseil citoyen : choisissez lequel."]
    if from_on and to_on and to_on < from_on:
        errors["to_on"] = ["Le dernier jour ne peut pas précéder le premier."]
    return errors


def _is_last_director(seat: TeamMember, to_on: date) -> bool:
    others = TeamMember.objects.filter(
        contract=seat.contract, role=Role.GIP_DIRECTOR, user__is_active=True
    ).exclude(pk=seat.pk)
    return not any(other.to_on is None or other.to_on > to_on for other in others)
