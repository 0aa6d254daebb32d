"""faubourg load_contract FICHIER : check the whole file, show what changes, ask, load."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from faubourg.accounts.models import User
from faubourg.portal.imports import (
    FileRefused,
    Loaded,
    find_contract_file,
    load_contract,
    preview_contract,
    read_contract_file,
    shipped_contracts,
)
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.rows import Line


class Command(BaseCommand):
    help = "Charge un contrat de ville depuis un fichier YAML (docs/contract-format.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        shipped = ", ".join(shipped_contracts())
        parser.add_argument("fichier", help=f"un fichier YAML, ou un contrat livré : {shipped}")
        parser.add_argument("--yes", action="store_true", help="appliquer sans demander")
        parser.add_argument(
            "--dry-run", action="store_true", help="montrer ce qui changerait, ne rien écrire"
        )
        parser.add_argument("--par", metavar="COURRIEL", help="la personne au nom de qui le journal l'écrit")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        actor = self._actor(options["par"])
        try:
            contract_file = read_contract_file(find_contract_file(options["fichier"]))
            planned = preview_contract(contract_file, now=now)
        except FileRefused as refusal:
            raise CommandError(_refusal(refusal)) from None
        except Refusal as refusal:
            raise CommandError(f"{refusal}\nRien n'a été écrit.") from None
        self._show(planned)
        if options["dry_run"] or not planned.changes:
            return
        if not planned.is_first and not options["yes"] and not self._agreed():
            self.stdout.write("Rien n'a été écrit.")
            return
        loaded = load_contract(contract_file, actor=actor, now=now)
        self.stdout.write(f"« {loaded.contract} » est chargé : {_counted(loaded)}.")

    def _show(self, planned: Loaded) -> None:
        for line in planned.absent:
            self.stdout.write(_sentence(line))
        if not planned.changes:
            self.stdout.write("Rien n'a changé.")
        elif planned.is_first:
            self.stdout.write(f"Premier chargement de « {planned.contract} ».")
        else:
            for line in planned.changes:
                self.stdout.write(_sentence(line))

    def _agreed(self) -> bool:
        try:
            return input("Appliquer ces changements ? [o/N] ").strip().lower() in ("o", "oui")
        except EOFError:
            raise CommandError("Personne pour répondre : ajoutez --yes pour appliquer.") from None

    def _actor(self, email: str | None) -> User | None:
        if email is None:
            return None
        try:
            return User.objects.get(email__iexact=email)
        except User.DoesNotExist:
            raise CommandError(f"Personne n'a le courriel « {email} » ici.") from None


def _refusal(refusal: FileRefused) -> str:
    count = len(refusal.problems)
    title = (
        "Le fichier n'est pas chargé, pour une raison :"
        if count == 1
        else (f"Le fichier n'est pas chargé, pour {count} raisons :")
    )
    return "\n".join([title, *(f"  {problem}" for problem in refusal.problems), "Rien n'a été écrit."])


def _sentence(line: Line) -> str:
    said = "".join(
        f"\n    {name} : {_short(old)} → {_short(new)}" for name, (old, new) in line.changes.items()
    )
    return f"{line.outcome.value} : {line.name}{said}"


def _short(value: Any) -> str:
    if value is None or value == "":
        return "(vide)"
    text = str(value)
    return text if len(text) <= 400 else f"{text[:397]}…"


def _counted(loaded: Loaded) -> str:
    counts: dict[str, int] = {}
    for line in loaded.changes:
        counts[line.outcome.value] = counts.get(line.outcome.value, 0) + 1
    return ", ".join(f"{count} {word}{'s' if count > 1 else ''}" for word, count in counts.items())
