"""Les thèmes d'un contrat, et qui a classé quelle parole dans lequel (CON-5)."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.contracts.models import LINES_HELP, Contract

READINGS = (1, 2)
"""Two people read each contribution, without seeing each other's answer."""


class Topic(models.Model):
    """Thème de concertation : une entrée de la grille de lecture d'un contrat.

    Un thème déjà utilisé ne change pas de nom : une nouvelle version le remplace, l'ancienne est archivée.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("thème", max_length=120)
    definition = models.TextField("ce qu'on y classe", blank=True)
    version = models.PositiveSmallIntegerField("version", default=1)
    replaces = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="remplace"
    )
    archived_on = models.DateField("archivé le", null=True, blank=True)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)

    class Meta:
        verbose_name = "thème de concertation"
        verbose_name_plural = "thèmes de concertation"
        ordering = ("contract", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                "contract", "label", condition=Q(archived_on=None), name="topic_label_is_unique"
            ),
        )

    def __str__(self) -> str:
        return self.label


class Coding(models.Model):
    """Lecture d'une parole par une personne : le thème qu'elle y voit, ou aucun."""

    contribution = models.ForeignKey(
        "consultation.Contribution", models.CASCADE, related_name="codings", verbose_name="parole"
    )
    reading = models.PositiveSmallIntegerField("lecture")
    coder = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="lue par")
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="thème"
    )
    coded_at = models.DateTimeField("classée le")

    class Meta:
        verbose_name = "lecture"
        ordering = ("contribution", "reading")
        constraints = (
            models.UniqueConstraint("contribution", "reading", name="contribution_is_read_twice_at_most"),
            models.UniqueConstraint("contribution", "coder", name="nobody_reads_a_contribution_twice"),
            models.CheckConstraint(condition=Q(reading__in=[1, 2]), name="coding_reading_is_first_or_second"),
        )

    def __str__(self) -> str:
        return f"{self.contribution} · {self.topic or 'aucun thème'}"
