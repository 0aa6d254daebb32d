"""What a committee may think of a dossier (PRG-6). An opinion is consultative, always."""

from django.db.models import TextChoices

from faubourg.applications.states import State


class Stance(TextChoices):
    FAVOURABLE = "favourable", "Favorable"
    RESERVED = "reserved", "Réservé"
    UNFAVOURABLE = "unfavourable", "Défavorable"
    TO_REWORK = "to_rework", "À revoir"
    OUT_OF_SCOPE = "out_of_scope", "Hors champ"


STANCE_TONES = {
    Stance.FAVOURABLE: "success",
    Stance.UNFAVOURABLE: "danger",
    Stance.OUT_OF_SCOPE: "danger",
}
"""The tone of the badge of an opinion; the others warn."""


STANCE_KEYS = {
    "f": Stance.FAVOURABLE,
    "r": Stance.RESERVED,
    "d": Stance.UNFAVOURABLE,
    "v": Stance.TO_REWORK,
    "h": Stance.OUT_OF_SCOPE,
}
"""One key per opinion on the note-taker's screen."""


class Severity(TextChoices):
    """What a computed check says: fine, look at it, or it stops the dossier (PRG-4)."""

    OK = "ok", "Conforme"
    WARN = "warn", "À vérifier"
    BLOCK = "block", "Bloquant"


class Flaw(TextChoices):
    """What is wrong with an answer the applicant must correct."""

    INCORRECT = "incorrect", "Incorrect"
    INCOMPLETE = "incomplete", "Incomplet"
    OUTDATED = "outdated", "Périmé"


class BulkAct(TextChoices):
    """What may be done to several dossiers at once."""

    TAKE_CHARGE = "take_charge", "Prendre en charge"
    DECLARE_ADMISSIBLE = "declare_admissible", "Déclarer recevables"
    TABLE = "table", "Inscrire en comité"
    ASK_INFORMATION = "ask_information", "Demander la même chose"


BULK_LIMIT = 50
"""Dossiers one act may take at once: a page, told beforehand."""

NOTES_OPEN = (
    State.SUBMITTED,
    State.INCOMPLETE,
    State.ADMISSIBLE,
    State.APPRAISED,
    State.TABLED,
    State.REVIEWED,
)
"""The GIP may still write its notes: from the filing until every funder has decided."""


class PaperState(TextChoices):
    """How far the papers of a meeting are: the work is done apart, and its page survives everything."""

    QUEUED = "queued", "En attente"
    RUNNING = "running", "En préparation"
    DONE = "done", "Prêtes"
    FAILED = "failed", "En échec"
