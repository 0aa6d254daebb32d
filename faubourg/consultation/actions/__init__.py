"""What is done with councils, consultations and what residents say."""

from faubourg.consultation.actions.councils import bring_councils

__all__ = ["bring_councils"]
