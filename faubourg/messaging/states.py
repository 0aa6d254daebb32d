"""A letter waits for a person, then for the post."""

from django.db.models import TextChoices

from faubourg.toolkit.flow import Flow, Step


class MessageState(TextChoices):
    TO_REVIEW = "to_review", "À relire"
    QUEUED = "queued", "En partance"
    SENDING = "sending", "Envoi commencé"
    SENT = "sent", "Envoyé"
    FAILED = "failed", "Échec"
    DISCARDED = "discarded", "Écarté"


MESSAGE_FLOW = Flow(
    MessageState.TO_REVIEW,
    Step("release", (MessageState.TO_REVIEW, MessageState.FAILED), MessageState.QUEUED, "Envoyer"),
    Step("start", (MessageState.QUEUED,), MessageState.SENDING, "Commencer l'envoi"),
    Step("succeed", (MessageState.SENDING,), MessageState.SENT, "Constater l'envoi"),
    Step("fail", (MessageState.SENDING,), MessageState.FAILED, "Constater l'échec"),
    Step("discard", (MessageState.TO_REVIEW, MessageState.FAILED), MessageState.DISCARDED, "Écarter"),
)

EDITABLE = (MessageState.TO_REVIEW, MessageState.FAILED)
"""Words and address may still be mended."""
