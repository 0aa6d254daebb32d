"""faubourg import_cog [FICHIER] : charger les régions, départements, EPCI et communes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from faubourg.territories.actions import bring_cog
from faubourg.territories.rules.cog import CogRefused, read_cog


class Command(BaseCommand):
    help = "Charge le code officiel géographique : régions, départements, EPCI, communes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "fichier",
            nargs="?",
            type=Path,
            default=settings.GEOGRAPHY,
            help="un fichier écrit par tools/build_geography.py ; sinon celui de l'installation",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cog = read_cog(options["fichier"])
        except CogRefused as refusal:
            raise CommandError(f"{refusal}\nRien n'a été écrit.") from None
        counted = bring_cog(cog, actor=None, now=timezone.now())
        if not (counted.added or counted.changed):
            self.stdout.write(f"Code officiel géographique {cog.year} : rien n'a changé.")
            return
        self.stdout.write(
            f"Code officiel géographique {cog.year} : {len(cog.communes)} communes, {len(cog.epcis)} "
            f"intercommunalités ; {counted.added} lieux ajoutés, {counted.changed} modifiés."
        )
