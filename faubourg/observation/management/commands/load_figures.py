"""`faubourg load_figures`: the figures the text of a contract gives, from a YAML file checked as a whole."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from faubourg.observation.actions.loading import bring_figures
from faubourg.observation.imports.contract_figures import (
    FiguresFile,
    find_figures_file,
    read_figures_file,
    shipped_figures,
)
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.rows import Line
from faubourg.toolkit.yaml_file import FileRefused


class Command(BaseCommand):
    help = "Charge les chiffres, les contrôles et les équipements qu'un contrat de ville donne."

    def add_arguments(self, parser: ArgumentParser) -> None:
        shipped = ", ".join(shipped_figures())
        parser.add_argument("fichier", help=f"un fichier YAML, ou un fichier livré : {shipped}")
        parser.add_argument(
            "--dry-run", action="store_true", help="montrer ce qui changerait, ne rien écrire"
        )

    def handle(self, *args: Any, fichier: str, dry_run: bool, **options: Any) -> None:
        try:
            said = read_figures_file(find_figures_file(fichier))
            lines = self._bring(said, dry_run)
        except FileRefused as refusal:
            told = "\n".join(f"  {problem}" for problem in refusal.problems)
            raise CommandError(f"Le fichier n'est pas chargé :\n{told}\nRien n'a été écrit.") from None
        except Refusal as refusal:
            raise CommandError(f"{refusal}\nRien n'a été écrit.") from None
        for line in lines:
            self.stdout.write(f"{line.outcome.value} : {line.name}")
        changed = sum(line.writes for line in lines)
        ending = "Rien n'a été écrit : c'était un essai." if dry_run else f"Chargé : {changed} lignes."
        self.stdout.write(ending if changed else "Rien n'a changé.")

    def _bring(self, said: FiguresFile, dry_run: bool) -> list[Line]:
        with transaction.atomic():
            lines = bring_figures(
                said.contract,
                statistics=said.statistics,
                figures=said.figures,
                checks=said.checks,
                equipment=said.equipment,
                actor=None,
            )
            transaction.set_rollback(dry_run)
        return lines
