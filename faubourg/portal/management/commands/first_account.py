"""`faubourg first_account EMAIL NAME`: the first person of an installation, who invites the others."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from faubourg.accounts.actions import open_first_account
from faubourg.journal.actions import write
from faubourg.toolkit.days import format_moment
from faubourg.toolkit.refusal import Refusal


class Command(BaseCommand):
    help = "Prépare le compte de l'administrateur technique et affiche le lien qui l'ouvre."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="adresse de courriel")
        parser.add_argument("name", help="prénom et nom, entre guillemets")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        try:
            invitation = open_first_account(email, name, now=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        write(None, "accounts.open_first_account", invitation.user)
        link = settings.PUBLIC_URL + reverse("accounts:invitation", args=[invitation.token])
        self.stdout.write(f"Ouvrez ce lien avant le {format_moment(invitation.expires_at)} :\n{link}")
