"""La fiche : ce que le GIP écrit d'un dossier, ses notes par critère, ce qu'il propose ; qui l'a ouverte."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.appraisal.states import Stance
from faubourg.calls.models import Criterion, Envelope
from faubourg.contracts.models import Contract
from faubourg.toolkit.fields import EurosField


class Appraisal(models.Model):
    """Fiche d'instruction d'un dossier : faits, appréciation, recommandation du GIP."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    case_officer = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="instructeur"
    )
    admissibility_note = models.TextField("recevabilité", blank=True)
    assessment = models.TextField("appréciation", blank=True)
    recommendation = models.CharField("recommandation", max_length=15, choices=Stance, blank=True)
    changes_asked = models.TextField("modifications demandées", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    unwritten = models.JSONField(
        "changements enregistrés tout seuls, à écrire au journal",
        default=dict,
        blank=True,
        editable=False,
        help_text='{"by": id, "changes": {champ: [avant, après]}}',
    )
    saved_at = models.DateTimeField("enregistré le", null=True, blank=True)
    saved_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="enregistré par"
    )

    class Meta:
        verbose_name = "fiche d'instruction"
        verbose_name_plural = "fiches d'instruction"

    def __str__(self) -> str:
        return f"Instruction de {self.application}"


class Score(models.Model):
    """Note d'un critère de l'appel, de 0 à 5, avec son pourquoi."""

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="critère")
    points = models.PositiveSmallIntegerField("note sur 5", null=True, blank=True)
    comment = models.CharField("pourquoi", max_length=250, blank=True)

    class Meta:
        verbose_name = "note"
        constraints = (
            models.UniqueConstraint("appraisal", "criterion", name="criterion_is_scored_once"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__lte=5), name="score_is_out_of_five"
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion} : {self.points}"


class FundingProposal(models.Model):
    """Montant proposé au financeur par le GIP : jamais plus que demandé (PRG-9). Il ne décide de rien."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="+", verbose_name="financeur")
    proposed_amount = EurosField("montant proposé")

    class Meta:
        verbose_name = "proposition"
        constraints = (models.UniqueConstraint("application", "envelope", name="proposal_is_unique"),)

    def __str__(self) -> str:
        return f"{self.envelope} : {self.proposed_amount}"


class NoteWords(models.Model):
    """Mots des notes : ce que la recherche lit de la fiche, des remarques, des avis et des compléments."""

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="+", verbose_name="dossier"
    )
    words = models.TextField("mots distincts, sans accents", editable=False)

    class Meta:
        verbose_name = "mots des notes"
        verbose_name_plural = "mots des notes"

    def __str__(self) -> str:
        return f"Mots des notes de {self.application}"


class Presence(models.Model):
    """Qui a une fiche ouverte, depuis quand : une ligne de quelques minutes, jamais gardée."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="+", verbose_name="dossier")
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="personne")
    opened_at = models.DateTimeField("ouverte à")
    seen_at = models.DateTimeField("vue à", db_index=True)

    class Meta:
        verbose_name = "présence"
        constraints = (models.UniqueConstraint("application", "user", name="one_is_present_once"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.application}"


class SavedView(models.Model):
    """Vue enregistrée de la liste : ses filtres, ses colonnes, son tri ; à soi, ou montrée à l'équipe."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="enregistrée par")
    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="+", null=True, blank=True, verbose_name="montrée à l'équipe"
    )
    name = models.CharField("nom", max_length=80)
    query = models.CharField("adresse", max_length=1000, help_text="Ce qui suit le « ? ».")

    class Meta:
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint("owner", "name", name="view_is_named_once"),)

    def __str__(self) -> str:
        return self.name
