"""`faubourg import_statistics`: a file of INSEE, shown first, then taken whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from faubourg.observation.actions.statistics import import_statistics
from faubourg.observation.imports.statistics import StatisticsRead, read_statistics
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.yaml_file import FileRefused


class Command(BaseCommand):
    help = "Importe un fichier de statistiques de l'INSEE (zip, csv, xlsx) par quartier ou par commune."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--correspondance", type=Path, help="une correspondance YAML à vous")
        parser.add_argument("--millesime", default="", help="l'année comptée, quand le fichier ne la dit pas")
        parser.add_argument("--dry-run", action="store_true", help="montrer, ne rien écrire")

    def handle(self, *args: Any, fichier: Path, dry_run: bool, **options: Any) -> None:
        try:
            content = fichier.read_bytes()
            read = read_statistics(
                content, fichier.name, today=localdate(), mapping=options["correspondance"],
                vintage=options["millesime"],
            )  # fmt: skip
            self._tell(read)
            with transaction.atomic():
                counts = import_statistics(
                    content, fichier.name, read.mapping, statistics=read.statistics, figures=read.figures,
                    actor=None, now=timezone.now(),
                )  # fmt: skip
                transaction.set_rollback(dry_run)
        except OSError:
            raise CommandError(f"Le fichier « {fichier} » ne peut pas être lu.") from None
        except (Refusal, FileRefused, ValueError) as refusal:
            raise CommandError(f"{refusal}\nRien n'a été écrit.") from None
        self.stdout.write(", ".join(f"{count} {word}" for word, count in counts.items()))
        if dry_run:
            self.stdout.write("Rien n'a été écrit : c'était un essai.")

    def _tell(self, read: StatisticsRead) -> None:
        self.stdout.write(f"Correspondance : {read.mapping}")
        if read.unknown_columns:
            self.stdout.write(f"Colonnes inconnues, laissées : {', '.join(read.unknown_columns)}")
        for sentence in read.aside:
            self.stdout.write(sentence)
        if read.refused:
            told = "\n".join(f"  {sentence}" for sentence in read.refused[:50])
            raise Refusal(f"{len(read.refused)} refus :\n{told}")
