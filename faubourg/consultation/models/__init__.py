"""Habitants : conseils citoyens, concertations, ce que les habitants ont dit."""

from faubourg.consultation.models.councils import CitizenCouncil

__all__ = ["CitizenCouncil"]
