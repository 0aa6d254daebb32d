"""Journal : qui a fait quoi, quand, sur quoi, de quoi à quoi. On y ajoute ; on n'y change rien."""

from django.db import models

from faubourg.accounts.models import User
from faubourg.journal.rules import phrase


class Entry(models.Model):
    """Ligne de journal. Triggers in the database refuse UPDATE and DELETE (see migration 0002)."""

    written_at = models.DateTimeField("quand", auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="qui"
    )
    actor_name = models.CharField("nom au moment du fait", max_length=200)
    verb = models.CharField("action", max_length=60)
    subject_type = models.CharField("type d'objet", max_length=60)
    subject_id = models.BigIntegerField("objet")
    subject = models.CharField("objet en clair", max_length=250)
    contract_id = models.BigIntegerField("contrat", null=True, blank=True)
    changes = models.JSONField("de quoi à quoi", default=dict)

    class Meta:
        verbose_name = "ligne de journal"
        verbose_name_plural = "lignes de journal"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("subject_type", "subject_id", "-id"), name="entry_by_subject"),
            models.Index(fields=("contract_id", "-id"), name="entry_by_contract"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    @property
    def phrase(self) -> str:
        """What the person did, in French."""
        return phrase(self.verb)
