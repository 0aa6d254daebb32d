"""Les bulletins de papier : imprimés par lots numérotés, remis, retournés, saisis (CON-2, CON-3)."""

from django.db import models
from django.db.models import F, Q

from faubourg.accounts.models import User
from faubourg.questionnaires.models.questionnaires import Form
from faubourg.questionnaires.rules import bulletins
from faubourg.territories.models import Neighbourhood


class Batch(models.Model):
    """Lot de bulletins : des numéros qui se suivent, remis par un même canal."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="batches", verbose_name="version")
    first_number = models.PositiveIntegerField("premier bulletin", unique=True)
    printed = models.PositiveSmallIntegerField("imprimés")
    channel = models.CharField("remis par", max_length=120)
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="quartier"
    )
    handed_out = models.PositiveSmallIntegerField("remis", null=True, blank=True)
    returned = models.PositiveSmallIntegerField("retournés", null=True, blank=True)
    secret = models.CharField("secret des lettres de contrôle", max_length=32, blank=True)
    is_typed_twice = models.BooleanField("saisi deux fois", default=True)
    printed_on = models.DateField("imprimés le")

    class Meta:
        verbose_name = "lot de bulletins"
        verbose_name_plural = "lots de bulletins"
        ordering = ("first_number",)
        constraints = (
            models.CheckConstraint(
                condition=Q(printed__gt=0, printed__lte=bulletins.MOST_BULLETINS),
                name="batch_is_one_file_to_print",
            ),
            models.CheckConstraint(
                condition=Q(handed_out=None) | Q(handed_out__lte=F("printed")),
                name="batch_hands_out_what_is_printed",
            ),
            models.CheckConstraint(
                condition=Q(returned=None) | Q(returned__lte=F("handed_out")),
                name="batch_returns_what_was_handed_out",
            ),
        )

    def __str__(self) -> str:
        return f"{bulletins.written(self.first_number)} à {bulletins.written(self.last_number)}"

    @property
    def last_number(self) -> int:
        return self.first_number + self.printed - 1


class Typing(models.Model):
    """Saisie d'un bulletin par une personne ; la seconde ne voit pas la première."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="typings")
    bulletin = models.PositiveIntegerField("bulletin")
    reading = models.PositiveSmallIntegerField("saisie")
    content = models.JSONField("réponses", default=dict)
    typed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="saisi par")
    typed_on = models.DateField("saisi le")

    class Meta:
        verbose_name = "saisie d'un bulletin"
        verbose_name_plural = "saisies des bulletins"
        ordering = ("bulletin", "reading")
        constraints = (
            models.UniqueConstraint("bulletin", "reading", name="bulletin_is_typed_once_per_reading"),
            models.UniqueConstraint("bulletin", "typed_by", name="bulletin_is_typed_by_two_people"),
            models.CheckConstraint(condition=Q(reading__in=(1, 2)), name="bulletin_is_typed_twice_at_most"),
        )

    def __str__(self) -> str:
        return f"{bulletins.written(self.bulletin)}, saisie {self.reading}"
