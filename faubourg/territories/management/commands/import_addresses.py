"""faubourg import_addresses FICHIER.csv.gz : charger les adresses d'un département (BAN)."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from faubourg.territories.actions import bring_addresses
from faubourg.territories.rules.addresses.ban import AddressesRefused, FirstReading, first_reading


class Command(BaseCommand):
    help = "Charge les adresses d'un département : adresses-30.csv.gz de la Base adresse nationale."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--dated", type=date.fromisoformat, help="la date du fichier : 2026-01-15")
        parser.add_argument("--dry-run", action="store_true", help="lire et compter, ne rien écrire")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["fichier"]
        try:
            read = first_reading(path)
        except OSError:
            raise CommandError(f"Le fichier {path} ne s'ouvre pas.\nRien n'a été écrit.") from None
        except AddressesRefused as refusal:
            raise CommandError(f"{refusal}\nRien n'a été écrit.") from None
        self._show(read)
        if options["dry_run"]:
            return
        taken = bring_addresses(path, read, actor=None, now=timezone.now(), dated=options["dated"])
        if taken.communes:
            self.stdout.write(f"C'est chargé : {taken.lines} adresses de {taken.communes} communes.")
        else:
            self.stdout.write("Rien n'a changé.")

    def _show(self, read: FirstReading) -> None:
        self.stdout.write(f"{read.lines.total()} adresses lues, {len(read.lines)} communes.")
        if read.refused_count:
            self.stdout.write(f"refusé : {read.refused_count}")
            for sentence in read.refused:
                self.stdout.write(f"  {sentence}")
