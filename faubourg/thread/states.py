"""What came of it, and when the whole thread is photographed."""

from django.db.models import TextChoices


class FeedbackOutcome(TextChoices):
    """Ce que l'on rend aux habitants : un résultat, un retard ou un renoncement, toujours avec des mots."""

    RESULT = "result", "Ça a donné"
    NOT_YET = "not_yet", "Pas encore"
    ABANDONED = "abandoned", "Abandonné, parce que"


class Moment(TextChoices):
    """When a contract looks back (l. 176, 1099, 1113-1115)."""

    SIGNATURE = "signature", "À la signature"
    MID_TERM = "mid_term", "Au point d'étape"
    END = "end", "À la fin du contrat"
    OTHER = "other", "Autre moment"
