"""Instruction : recevabilité, fiche, compléments, passage en comité, avis consultatifs."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.appraisal.rules import why
from faubourg.appraisal.states import STANCE_TONES, Flaw, Stance
from faubourg.calls.models import Criterion, Envelope
from faubourg.consultation.models import CitizenCouncil
from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.governance.models import AgendaItem, Attendance
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


class InformationRequest(models.Model):
    """Demande de complément : la question, son échéance, la réponse."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    question = models.TextField("ce qu'il manque")
    due_on = models.DateField("pour le")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="demandé par")
    asked_at = models.DateTimeField("demandé le")
    answer = models.TextField("réponse", blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="répondu par"
    )
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="repris sans réponse par"
    )
    reminded_at = models.DateTimeField("relancé le", null=True, blank=True)

    class Meta:
        verbose_name = "demande de complément"
        verbose_name_plural = "demandes de complément"
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                "application", condition=Q(answered_at__isnull=True), name="one_open_information_request"
            ),
        )

    def __str__(self) -> str:
        return self.question[:80]


class Correction(models.Model):
    """Réponse à corriger : ce qui n'allait pas, ce qu'elle disait, ce qu'elle dit."""

    request = models.ForeignKey(InformationRequest, models.CASCADE, related_name="corrections")
    key = models.CharField("réponse", max_length=60)
    label = models.CharField("intitulé", max_length=200)
    flaw = models.CharField("ce qui ne va pas", max_length=12, choices=Flaw)
    note = models.TextField("précision", blank=True)
    before = models.TextField("ce qui était écrit", blank=True)
    after = models.TextField("ce qui est écrit", blank=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="acceptée par"
    )
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)

    class Meta:
        verbose_name = "correction demandée"
        verbose_name_plural = "corrections demandées"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint("request", "key", name="answer_is_asked_once_per_request"),
            models.CheckConstraint(condition=Q(flaw__in=Flaw.values), name="correction_flaw_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.label} : {self.why}"

    @property
    def why(self) -> str:
        return why(self.flaw, self.note)

    @property
    def part(self) -> str:
        """The step of the form where it is corrected."""
        return str(self.key).partition("-")[0]

    @property
    def anchor(self) -> str:
        """Where it is on the page of its step; "" when the whole step is asked."""
        name = str(self.key).partition("-")[2]
        rows = {"indicators": "compte-indicator", "residents": "id_territories"}
        return rows.get(name) or (f"id_paper-{name}" if name.isdigit() else f"id_{name}" if name else "")

    @property
    def is_unchanged(self) -> bool:
        return self.before == self.after


class FinalReportDue(models.Model):
    """Bilan attendu d'un porteur pour une année : reçu, pas reçu, sursis (PRG-4). Noté à la main."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="porteur")
    year = models.PositiveSmallIntegerField("exercice")
    is_due = models.BooleanField("bilan attendu", default=True)
    received_on = models.DateField("reçu le", null=True, blank=True)
    reprieve_until = models.DateField("sursis jusqu'au", null=True, blank=True)
    reprieve_reason = models.CharField("motif du sursis", max_length=250, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="noté par")
    recorded_at = models.DateTimeField("noté le")

    class Meta:
        verbose_name = "bilan attendu"
        verbose_name_plural = "bilans attendus"
        constraints = (
            models.UniqueConstraint("contract", "organisation", "year", name="final_report_is_noted_once"),
            models.CheckConstraint(
                condition=Q(reprieve_until__isnull=True) | ~Q(reprieve_reason=""),
                name="reprieve_has_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"Bilan {self.year} de {self.organisation}"


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


class TabledApplication(models.Model):
    """Passage d'un dossier en séance : un point de l'ordre du jour."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="+", verbose_name="point")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    carried_over = models.BooleanField("ajourné", default=False)
    carry_reason = models.CharField("motif de l'ajournement", max_length=250, blank=True)

    class Meta:
        verbose_name = "passage en séance"
        verbose_name_plural = "passages en séance"
        ordering = ("item__position",)
        constraints = (
            models.UniqueConstraint(
                "application", condition=Q(carried_over=False), name="application_is_tabled_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item.meeting} · {self.application}"


class Remark(models.Model):
    """Remarque d'un participant sur un dossier, en séance ou avant (PRG-6)."""

    tabled = models.ForeignKey(TabledApplication, models.PROTECT, related_name="remarks")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="saisie par")
    speaker = models.CharField("qui parle", max_length=150)
    on_behalf_of = models.CharField("au titre de", max_length=150, blank=True)
    text = models.TextField("remarque")
    is_prepared = models.BooleanField("écrite avant la séance", default=False)
    written_at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "remarque"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.speaker} : {self.text[:60]}"


class SessionNotes(models.Model):
    """Notes de séance d'un dossier : ce que tape qui tient la plume, avant que l'avis soit rendu."""

    tabled = models.OneToOneField(TabledApplication, models.CASCADE, related_name="+", verbose_name="passage")
    stance = models.CharField("avis", max_length=15, choices=Stance, blank=True)
    summary = models.TextField("synthèse", blank=True)
    conditions = models.TextField("conditions", blank=True)
    other_funding = models.TextField("cofinancements complémentaires à chercher", blank=True)
    remark_speaker = models.CharField("qui parle", max_length=20, blank=True)
    remark_text = models.TextField("remarque en cours", blank=True)
    pending_amounts = models.JSONField(
        "montants à reprendre, gardés tels quels", default=dict, help_text='{"enveloppe": "tapé"}'
    )
    version = models.PositiveIntegerField(default=0)
    recorded_version = models.PositiveIntegerField("version consignée", default=0)
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistrées par")
    saved_at = models.DateTimeField("enregistrées le")

    class Meta:
        verbose_name = "notes de séance"
        verbose_name_plural = "notes de séance"

    def __str__(self) -> str:
        return f"Notes · {self.tabled}"


class MentionedAmount(models.Model):
    """Montant évoqué en séance pour un financeur : jamais une décision, jamais plus que demandé."""

    tabled = models.ForeignKey(TabledApplication, models.CASCADE, related_name="mentions")
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="+", verbose_name="financeur")
    amount = EurosField("montant évoqué")

    class Meta:
        verbose_name = "montant évoqué"
        verbose_name_plural = "montants évoqués"
        ordering = ("envelope__position", "id")
        constraints = (models.UniqueConstraint("tabled", "envelope", name="amount_is_mentioned_once"),)

    def __str__(self) -> str:
        return f"{self.envelope} : {self.amount}"


class StandAside(models.Model):
    """Déport déclaré en séance : la personne sort le temps de ce dossier (PRG-7, B2.5)."""

    tabled = models.ForeignKey(TabledApplication, models.PROTECT, related_name="asides")
    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="+", verbose_name="personne")
    reason = models.CharField("lien déclaré", max_length=200, blank=True)

    class Meta:
        verbose_name = "déport"
        constraints = (models.UniqueConstraint("tabled", "attendance", name="one_stands_aside_once"),)

    def __str__(self) -> str:
        return f"{self.attendance} · {self.tabled}"


class Opinion(models.Model):
    """Avis consultatif : la synthèse d'un comité technique, ou l'avis d'un conseil citoyen."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    tabled = models.OneToOneField(
        TabledApplication, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="séance"
    )
    council = models.ForeignKey(
        CitizenCouncil,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="conseil citoyen",
    )
    stance = models.CharField("avis", max_length=15, choices=Stance)
    summary = models.TextField("synthèse")
    conditions = models.TextField("conditions", blank=True)
    other_funding = models.TextField("cofinancements complémentaires à chercher", blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistré par")
    given_at = models.DateTimeField("rendu le")

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ("given_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(tabled__isnull=False, council__isnull=True)
                | Q(tabled__isnull=True, council__isnull=False),
                name="opinion_comes_from_one_place",
            ),
            models.UniqueConstraint("application", "council", name="council_gives_one_opinion"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="opinion_stance_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_stance_display()} · {self.application}"

    @property
    def tone(self) -> str:
        return STANCE_TONES.get(Stance(self.stance), "warning")
