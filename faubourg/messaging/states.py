"""A letter waits for a person, for the digest of the day, then for the post."""

from django.db.models import TextChoices

from faubourg.toolkit.flow import Flow, Step


class MessageState(TextChoices):
    TO_REVIEW = "to_review", "À relire"
    QUEUED = "queued", "En partance"
    SENDING = "sending", "Envoi commencé"
    SENT = "sent", "Envoyé"
    FAILED = "failed", "Échec"
    DISCARDED = "discarded", "Écarté"
    HELD = "held", "Attend le résumé du jour"
    GATHERED = "gathered", "Repris dans un résumé"
    SILENCED = "silenced", "Non envoyé, au choix du destinataire"


MESSAGE_FLOW = Flow(
    MessageState.TO_REVIEW,
    Step("release", (MessageState.TO_REVIEW, MessageState.FAILED), MessageState.QUEUED, "Envoyer"),
    Step("start", (MessageState.QUEUED,), MessageState.SENDING, "Commencer l'envoi"),
    Step("succeed", (MessageState.SENDING,), MessageState.SENT, "Constater l'envoi"),
    Step("fail", (MessageState.SENDING,), MessageState.FAILED, "Constater l'échec"),
    Step("discard", (MessageState.TO_REVIEW, MessageState.FAILED), MessageState.DISCARDED, "Écarter"),
    Step("gather", (MessageState.HELD,), MessageState.GATHERED, "Reprendre dans le résumé"),
)

EDITABLE = (MessageState.TO_REVIEW, MessageState.FAILED)
"""Words and address may still be mended."""


class Pace(TextChoices):
    """Quand une personne veut être prévenue par courriel de ce qui n'est ni officiel ni de sécurité."""

    IMMEDIATE = "immediate", "Tout de suite, un courriel chaque fois"
    DAILY = "daily", "Une fois par jour, tout dans un seul courriel"
    NEVER = "never", "Jamais : je regarde l'accueil"


ARRIVES = {
    Pace.IMMEDIATE: MessageState.QUEUED,
    Pace.DAILY: MessageState.HELD,
    Pace.NEVER: MessageState.SILENCED,
}
"""Where an automatic letter begins its life."""
