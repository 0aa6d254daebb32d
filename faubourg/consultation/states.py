"""How a citizen council stands (CIT-1)."""

from django.db.models import TextChoices


class CouncilStatus(TextChoices):
    ACTIVE = "active", "Actif"
    DORMANT = "dormant", "En sommeil"
    STOPPED = "stopped", "Arrêté"
    TO_CONFIRM = "to_confirm", "À confirmer"
