"""Kinds of places a contract acts in."""

from django.db.models import TextChoices

VINTAGES = (2024, 2015)
"""The generations of priority neighbourhoods, the one in force first."""


class NeighbourhoodKind(TextChoices):
    QPV = "qpv", "Quartier prioritaire (QPV)"
    POCKET = "pocket", "Territoire vulnérable"
    WATCH = "watch", "Veille active"


class SourceKind(TextChoices):
    """Ce qu'un fichier reçu apporte."""

    OUTLINES = "outlines", "Contours de quartiers"
    LIST = "list", "Liste de quartiers"
    LINKS = "links", "Correspondance 2024-2015"
    COG = "cog", "Code officiel géographique"
    ADDRESSES = "addresses", "Adresses d'un département"
