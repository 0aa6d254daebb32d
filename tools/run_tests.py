"""The whole suite, part by part, with one clear line for each part that ran or did not.

REQUIRE=all makes a missing part a failure (continuous integration).
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ON_BOTH_DATABASES = ["-m", "not journey", "-n", "2", "--dist", "worksteal"]
DEFAULT_POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"


@dataclass(frozen=True)
class Part:
    name: str
    result: str
    ok: bool
    ran: bool


def main() -> int:
    parts = [run("SQLite", ON_BOTH_DATABASES, {}), postgres(), browser()]
    print("\n" + "\n".join(f"{part.name:<12} {part.result}" for part in parts))
    required = os.environ.get("REQUIRE") == "all"
    missing = [part.name for part in parts if not part.ran]
    if required and missing:
        print(f"Parties exigées mais absentes : {', '.join(missing)}")
    return int(any(not part.ok for part in parts) or (required and bool(missing)))


def absent(name: str, reason: str) -> Part:
    return Part(name, f"non exécuté : {reason}", ok=True, ran=False)


def run(name: str, arguments: list[str], environment: dict[str, str]) -> Part:
    print(f"\n=== {name} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    code = subprocess.run(command, cwd=ROOT, env=clean_environment() | environment, check=False).returncode
    return Part(name, "réussi" if code == 0 else f"ÉCHEC (code {code})", code == 0, ran=True)


def clean_environment() -> dict[str, str]:
    """The caller's environment without what would send the tests to its own data."""
    return {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "FAUBOURG_DATA")}


def postgres() -> Part:
    with a_postgres() as url:
        if url is None:
            return Part(
                "PostgreSQL", "non exécuté : aucun serveur ne répond et aucun n'est installé", True, ran=False
            )
        return run("PostgreSQL", ON_BOTH_DATABASES, {"DATABASE_URL": url})


def browser() -> Part:
    chromium = os.environ.get("FAUBOURG_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        return Part(
            "Navigateur", "non exécuté : chromium n'est pas installé (apt install chromium)", True, ran=False
        )
    # Two browsers, each with a year of its own: the journeys of one file follow one another in the same year.
    arguments = ["-m", "journey", "-n", "2", "--dist", "loadfile"]
    return run("Navigateur", arguments, {"FAUBOURG_CHROMIUM": chromium})


@contextlib.contextmanager
def a_postgres() -> Iterator[str | None]:
    """The server that answers, or one started for the tests in a folder of its own, or None."""
    url = os.environ.get("FAUBOURG_TEST_POSTGRES", DEFAULT_POSTGRES)
    if answers(url):
        yield url
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        yield None
        return
    with started_postgres(programs[-1].parent) as own:
        yield own


def answers(url: str) -> bool:
    script = f"import psycopg; psycopg.connect({url!r}, connect_timeout=3).close()"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def started_postgres(programs: Path) -> Iterator[str]:
    """A throw-away cluster; PostgreSQL refuses to run as root, so root lends it to the postgres account."""
    folder = Path(tempfile.mkdtemp(prefix="faubourg-postgres-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    port = free_port()
    control = [*as_user, str(programs / "pg_ctl"), "-D", str(folder / "db"), "-w"]
    initdb = [*as_user, str(programs / "initdb"), "-A", "trust", "-U", "postgres", "-D", str(folder / "db")]
    subprocess.run(initdb, check=True, capture_output=True)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    subprocess.run(
        [*control, "-l", str(folder / "log"), "-o", options, "start"], check=True, capture_output=True
    )
    try:
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main())
