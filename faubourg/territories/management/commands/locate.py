"""`faubourg locate ENTRÉE.csv SORTIE.csv`: which points or addresses of a file are in a QPV (GEO-3)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from faubourg.territories.imports.geocoder import GeocoderSilent, NationalGeocoder
from faubourg.territories.queries.addresses import Finder
from faubourg.territories.queries.locating import locator
from faubourg.territories.rules.point_columns import AddressFinder
from faubourg.territories.rules.point_files import PointsRefused, locate_file


class Command(BaseCommand):
    help = "Ajoute à chaque ligne (lon et lat, ou adresse) d'un CSV le quartier, le verdict, la distance."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("entree", type=Path, help="un CSV avec lon et lat, ou adresse")
        parser.add_argument("sortie", type=Path, help="le CSV à écrire")
        parser.add_argument("--generation", type=int, default=2024, choices=(2015, 2024))
        parser.add_argument(
            "--national",
            action="store_true",
            help="envoyer les adresses au géocodeur national (FAUBOURG_GEOCODER) ; sans cela, rien ne sort",
        )

    def handle(self, *args: Any, entree: Path, sortie: Path, generation: int, **options: Any) -> None:
        finder = _finder(is_national=options["national"])
        try:
            counts = locate_file(entree, sortie, locator(generation), finder)
        except (PointsRefused, GeocoderSilent) as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as problem:
            raise CommandError(f"{problem.filename} : {problem.strerror}.") from None
        said = ", ".join(f"{number} {verdict}" for verdict, number in counts.items() if number)
        self.stdout.write(f"{sum(counts.values())} lignes : {said or 'rien à situer'}.")


def _finder(*, is_national: bool) -> AddressFinder:
    if not is_national:
        return Finder()
    if not settings.GEOCODER:
        raise CommandError("Dites où est le géocodeur national par la variable FAUBOURG_GEOCODER.")
    return NationalGeocoder(settings.GEOCODER)
