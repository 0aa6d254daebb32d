"""faubourg import_qpv FICHIER : charger des quartiers, leurs contours, ou la correspondance officielle."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from faubourg.documents.actions import keep
from faubourg.territories.actions import bring_file
from faubourg.territories.queries.incoming import Brought, preview
from faubourg.territories.rules.cog import CogRefused, read_cog
from faubourg.territories.rules.files import FileRefused, read_file
from faubourg.territories.rules.files.layers import heavy


class Command(BaseCommand):
    help = (
        "Charge des quartiers prioritaires : GeoJSON, zip, GeoPackage, Shapefile, liste CSV, correspondance."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--vintage", type=int, choices=(2015, 2024), help="la génération attendue")
        parser.add_argument("--dated", type=date.fromisoformat, help="la date du fichier : 2026-01-15")
        parser.add_argument("--dry-run", action="store_true", help="montrer, ne rien écrire")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["fichier"]
        now = timezone.now()
        try:
            for sentence in heavy(path.stat().st_size):
                raise FileRefused(sentence)
            near = path.parent.glob(f"{path.stem}.*") if path.suffix.lower() == ".shp" else [path]
            members = {one.name: one.read_bytes() for one in near}
            read = read_file(path.name, members, vintage=options["vintage"])
            cog = read_cog(settings.GEOGRAPHY)
        except OSError:
            raise CommandError(f"Le fichier {path} ne s'ouvre pas.\nRien n'a été écrit.") from None
        except (FileRefused, CogRefused) as refusal:
            raise CommandError(f"{refusal}\nRien n'a été écrit.") from None
        planned = preview(read, cog)
        self._show(planned)
        if planned.refused:
            raise CommandError("Rien n'a été écrit.")
        if not planned.writes:
            self.stdout.write("Rien n'a changé.")
        elif not options["dry_run"]:
            document = keep(members[path.name], path.name, "application/octet-stream", actor=None, now=now)
            bring_file(read, cog, actor=None, now=now, dated=options["dated"], document=document)
            self.stdout.write("C'est chargé.")

    def _show(self, brought: Brought) -> None:
        for title, lines in brought.parts:
            if lines:
                self.stdout.write(f"{title.lower()} : {len(lines)}")
                for line in lines:
                    self.stdout.write(f"  {line}")
