"""`faubourg demo`: a believable campaign of 2027 on the real contract, all of it fictitious."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.timezone import localdate

from faubourg.demo.building import SEED, build, is_demonstration, is_empty, logins, refuse_other_data
from faubourg.demo.moments import Stage
from faubourg.toolkit.refusal import Refusal


class Command(BaseCommand):
    help = "Construit une campagne 2027 fictive sur le vrai contrat, jusqu'à une étape de sa vie."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--stage",
            choices=[str(stage) for stage in Stage],
            default=str(Stage.DECISION),
            help="jusqu'où va l'histoire (decision si rien n'est dit)",
        )
        parser.add_argument("--seed", type=int, default=SEED, help="même graine, même résultat")
        parser.add_argument(
            "--if-empty", action="store_true", help="ne fait rien quand la base contient déjà quelque chose"
        )

    def handle(self, *args: Any, stage: str, seed: int, if_empty: bool, **options: Any) -> None:
        if not connection.introspection.table_names():  # a fresh clone: make demo needs nothing before it
            call_command("migrate", verbosity=0)
        if not (if_empty and not is_empty()):
            self._build(Stage(stage), seed)
        if is_demonstration():
            self.stdout.write("\n".join(["", *logins(), ""]))

    def _build(self, stage: Stage, seed: int) -> None:
        try:
            refuse_other_data()
            self.stdout.write(f"Démonstration, étape « {stage} » : quelques secondes…")
            build(stage, seed=seed, today=localdate())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("La campagne fictive 2027 est prête.")
