"""`python -m bench [--only list,form] [--database sqlite] [--quick]`: a table per database; ends well."""

import json
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bench import points
from bench.databases import KINDS, ROOT, installation
from bench.one import FOUND

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main() -> None:
    options = read_options()
    started = time.monotonic()
    found: list[str] = []
    if options.only is None or "points" in options.only.split(","):
        found += points.run(is_quick=options.quick)
    if options.only == "points":
        return
    with tempfile.TemporaryDirectory(prefix="faubourg-bench-static-") as static:
        for kind in KINDS:
            if options.database in (None, kind):
                found += on(kind, options, static)
    print(f"\nDurée : {time.monotonic() - started:.0f} s")
    print("Au-dessus de la cible : " + (" ; ".join(found) if found else "rien."))


def read_options() -> Namespace:
    parser = ArgumentParser(
        prog="python -m bench", description="Temps des pages, en multiples du plancher F."
    )
    parser.add_argument(
        "--only",
        help="pages à mesurer, par le début de leur nom (list,form), ou writers, answers, points, addresses",
    )
    parser.add_argument("--database", choices=KINDS, help="une seule base ; les deux sans cela")
    parser.add_argument("--quick", action="store_true", help="dix fois moins de dossiers, moins d'une minute")
    return parser.parse_args()


def on(kind: str, options: Namespace, static: str) -> list[str]:
    """The table of one database; what is above its target."""
    with installation(kind) as environment:
        if environment is None:
            print(f"\n{NAMES[kind]} : non mesuré, aucun serveur ne répond.")
            return []
        environment["BENCH_STATIC"] = static
        if not any(Path(static).iterdir()):
            collect(environment)
        asked = json.dumps({"only": options.only, "is_quick": options.quick})
        command = [sys.executable, "-m", "bench.one", asked]
        ended = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        answer = Path(environment["FAUBOURG_DATA"], FOUND)
        if ended.returncode or not answer.exists():
            return [f"{NAMES[kind]} : le banc s'est arrêté (code {ended.returncode})"]
        return [f"{line} ({NAMES[kind]})" for line in json.loads(answer.read_text())]


def collect(environment: dict[str, str]) -> None:
    """The static files with their hashed names, once for both databases."""
    command = [sys.executable, "-m", "faubourg", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
