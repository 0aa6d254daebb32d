"""Comptes : les personnes qui se connectent."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account; without a password only an e-mail code or an invitation opens it."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """Personne : un compte nominatif, ouvert sur invitation, dont l'identifiant est l'adresse de courriel."""

    email = models.EmailField("adresse de courriel", unique=True)
    full_name = models.CharField("prénom et nom", max_length=150)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    is_active = models.BooleanField("actif", default=True)
    is_technical_admin = models.BooleanField(
        "administrateur technique",
        default=False,
        help_text="Invite, désactive, règle ; ne lit ni n'écrit aucun dossier.",
    )
    joined_at = models.DateTimeField("créé le", default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = "personne"
        ordering = ("full_name",)
        constraints = (
            models.UniqueConstraint(Lower("email"), name="user_email_is_unique_whatever_the_case"),
        )

    def __str__(self) -> str:
        return self.full_name or self.email


class Invitation(models.Model):
    """Invitation : une adresse à qui l'on propose un compte ; le lien vaut preuve de l'adresse."""

    email = models.EmailField("adresse de courriel")
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="compte préparé")
    token = models.CharField("jeton", max_length=64, unique=True)
    invited_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name="invité par"
    )
    invited_at = models.DateTimeField("invité le")
    expires_at = models.DateTimeField("expire le")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)

    class Meta:
        verbose_name = "invitation"
        ordering = ("-invited_at",)

    def __str__(self) -> str:
        return f"Invitation de {self.email}"
