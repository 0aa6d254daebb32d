"""What a committee may think of a dossier (PRG-6). An opinion is consultative, always."""

from django.db.models import TextChoices


class Stance(TextChoices):
    FAVOURABLE = "favourable", "Favorable"
    RESERVED = "reserved", "Réservé"
    UNFAVOURABLE = "unfavourable", "Défavorable"
    TO_REWORK = "to_rework", "À revoir"
    OUT_OF_SCOPE = "out_of_scope", "Hors champ"
