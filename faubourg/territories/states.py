"""Kinds of places a contract acts in."""

from django.db.models import TextChoices


class NeighbourhoodKind(TextChoices):
    QPV = "qpv", "Quartier prioritaire (QPV)"
    POCKET = "pocket", "Territoire vulnérable"
    WATCH = "watch", "Veille active"
