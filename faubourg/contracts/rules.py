"""What a person holds, as plain values: the only source of every right."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Seat:
    """A role on a contract, for an organisation when the role is held for one."""

    contract_id: int
    role: str
    organisation_id: int | None = None
    requires_second_factor: bool = False


@dataclass(frozen=True)
class Standing:
    """Everything a person is, today: memberships, seats on contracts, declared ties."""

    user_id: int
    is_technical_admin: bool = False
    memberships: Mapping[int, frozenset[str]] = field(default_factory=dict)
    seats: tuple[Seat, ...] = ()
    interests: frozenset[int] = frozenset()
    sees_demonstration: bool = False

    def holds(self, contract_id: int, *roles: str) -> bool:
        """Has one of these roles on this contract."""
        return any(seat.contract_id == contract_id and seat.role in roles for seat in self.seats)

    def sits_on(self, contract_id: int) -> bool:
        """Has any role on this contract."""
        return any(seat.contract_id == contract_id for seat in self.seats)

    def organisations(self, contract_id: int, *roles: str) -> frozenset[int]:
        """The organisations for which one of these roles is held on this contract."""
        return frozenset(
            seat.organisation_id
            for seat in self.seats
            if seat.contract_id == contract_id and seat.role in roles and seat.organisation_id is not None
        )

    def contracts(self, *roles: str) -> frozenset[int]:
        """The contracts on which one of these roles (any, when none is named) is held."""
        return frozenset(seat.contract_id for seat in self.seats if not roles or seat.role in roles)

    def acts_for(self, organisation_id: int, *roles: str) -> bool:
        """Is a member of this organisation, in one of these roles when some are named."""
        held = self.memberships.get(organisation_id, frozenset())
        return bool(held & set(roles)) if roles else bool(held)

    @property
    def ties(self) -> frozenset[int]:
        """The organisations one belongs to, has declared a tie with, or sits for (B2.5, PRG-7)."""
        seats = {seat.organisation_id for seat in self.seats if seat.organisation_id is not None}
        return self.interests | self.memberships.keys() | seats

    def is_tied_to(self, organisation_id: int) -> bool:
        """Stands aside from this organisation's dossiers: neither reads the notes nor gives an opinion."""
        return organisation_id in self.ties


QUESTIONS = {
    "expected_change": "Quel changement en 2030 ?",
    "resources": "Avec quels acteurs, quelles ressources ?",
    "projects": "Quels projets structurants ?",
    "solutions": "Quelles solutions, quels dispositifs d'abord ?",
}
"""The four questions asked of each priority (PRJ-5, l. 295-298)."""
PARTNERS = {"state": "l'État", "department": "le Département", "region": "la Région"}
"""Those whose orientations each priority must answer to (PRJ-7)."""


def unanswered(answers: Mapping[str, str]) -> list[str]:
    """The questions nobody has answered yet."""
    return [question for name, question in QUESTIONS.items() if not answers.get(name, "").strip()]


def unmatched(kinds: Collection[str]) -> list[str]:
    """The partners none of whose orientations is answered."""
    return [name for kind, name in PARTNERS.items() if kind not in kinds]


def too_many_priorities(count: int, most: int | None) -> str:
    """Priorities are few (l. 172): beyond the parameter, a warning, never a refusal (PRJ-4)."""
    if most is None or count <= most:
        return ""
    return f"{count} priorités : le contrat les veut en nombre limité, {most} au plus. Lesquelles regrouper ?"
