"""Le comité du fonds : qui en est, ses séances, ce qu'il dit de chaque demande (FPH-4)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from faubourg.contracts.rules import Standing
from faubourg.fph.models.funds import Fund
from faubourg.fph.models.requests import READERS, Request
from faubourg.fph.states import SESSION_FLOW, MemberKind, Outcome, SessionState
from faubourg.toolkit.days import format_day
from faubourg.toolkit.fields import EurosField


class CommitteeMember(models.Model):
    """Membre du comité, de telle date à telle date ; il n'a pas besoin d'un compte."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="members", verbose_name="fonds")
    full_name = models.CharField("nom", max_length=150)
    kind = models.CharField("au titre de", max_length=12, choices=MemberKind)
    on_behalf_of = models.CharField("structure", max_length=150, blank=True)
    is_voting = models.BooleanField("vote", default=True)
    joined_on = models.DateField("membre depuis le")
    left_on = models.DateField("dernier jour", null=True, blank=True)

    class Meta:
        verbose_name = "membre du comité"
        verbose_name_plural = "membres du comité"
        ordering = ("fund", "full_name")
        constraints = (
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="member_leaves_after_joining",
            ),
            models.CheckConstraint(condition=Q(kind__in=MemberKind.values), name="member_kind_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.full_name}, {self.on_behalf_of or self.get_kind_display()}"

    def sits_on(self, day: date) -> bool:
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on)


class SessionQuerySet(models.QuerySet["CommitteeSession"]):
    def visible_to(self, standing: Standing) -> "SessionQuerySet":
        return self.filter(fund__contract__in=standing.contracts(*READERS))


class CommitteeSession(models.Model):
    """Séance du comité ; close, elle a un numéro et un relevé qui ne changent plus."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="sessions", verbose_name="fonds")
    held_on = models.DateField("jour")
    place = models.CharField("lieu", max_length=150, blank=True)
    state = models.CharField("état", max_length=10, choices=SessionState, default=SessionState.PLANNED)
    present = models.ManyToManyField(CommitteeMember, related_name="+", verbose_name="présents")
    rank = models.PositiveSmallIntegerField("rang du relevé", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    words = models.JSONField("relevé", null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "séance du comité du fonds"
        verbose_name_plural = "séances du comité du fonds"
        ordering = ("-held_on", "-pk")
        constraints = (
            models.UniqueConstraint("fund", "rank", name="session_rank_once"),
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(rank__isnull=False, closed_at__isnull=False, words__isnull=False),
                name="closed_session_has_its_record",
            ),
        )

    def __str__(self) -> str:
        return f"Séance du {format_day(self.held_on)}"

    @property
    def number(self) -> str:
        """ "FPH-2026-C02": the second record of the year; empty before the closing."""
        return f"FPH-{self.fund.year}-C{self.rank:02d}" if self.rank else ""

    def may(self, step: str) -> bool:
        return SESSION_FLOW.allows(step, self.state)


class ExaminedRequest(models.Model):
    """Demande examinée à une séance : ce que le comité en dit ; rien n'est su au dehors avant la clôture."""

    session = models.ForeignKey(CommitteeSession, models.CASCADE, related_name="examined")
    request = models.ForeignKey(Request, models.PROTECT, related_name="examined", verbose_name="demande")
    position = models.PositiveSmallIntegerField("rang")
    outcome = models.CharField("décision", max_length=10, choices=Outcome, blank=True)
    granted_amount = EurosField("somme accordée", null=True, blank=True)
    reason = models.TextField("réponse au demandeur", blank=True)
    aside = models.ManyToManyField(CommitteeMember, related_name="+", verbose_name="déports")

    class Meta:
        verbose_name = "demande examinée"
        verbose_name_plural = "demandes examinées"
        ordering = ("session", "position")
        constraints = (
            models.UniqueConstraint("session", "request", name="examined_once_a_session"),
            models.UniqueConstraint(
                "request", condition=Q(outcome__in=("granted", "refused")), name="request_is_decided_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="granted", granted_amount__gt=0)
                | Q(outcome__in=("refused", "adjourned"), granted_amount__isnull=True) & ~Q(reason="")
                | Q(outcome="", granted_amount__isnull=True),
                name="outcome_is_whole",
            ),
        )

    def __str__(self) -> str:
        return str(self.request)
