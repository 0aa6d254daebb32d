"""`faubourg doctor`: what is misconfigured, in French, and what to do. Exit code 1 when wrong."""

import os
import shutil
import smtplib
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.core.management import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from faubourg.documents.queries import altered

GOOD, BAD, WARN = "✓", "✗", "!"
STUCK_AFTER = timedelta(minutes=15)
LITTLE_SPACE = 500 * 1024 * 1024
LITTLE_WARNING = 5 * 1024 * 1024 * 1024
OLDEST_POSTGRESQL = 14


@dataclass(frozen=True)
class Finding:
    mark: str
    text: str
    advice: str = ""


class Command(BaseCommand):
    help = "Dit ce qui est mal réglé et quoi faire ; code de sortie 1 si quelque chose empêche de travailler."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        findings = [finding for check in CHECKS for finding in check()]
        for finding in findings:
            self.stdout.write(f"{finding.mark} {finding.text}")
            if finding.advice:
                self.stdout.write(f"    → {finding.advice}")
        wrong = sum(finding.mark == BAD for finding in findings)
        if wrong:
            self.stdout.write(f"\n{wrong} point{'s' if wrong > 1 else ''} à corriger.")
            raise SystemExit(1)
        doubtful = sum(finding.mark == WARN for finding in findings)
        if doubtful:
            self.stdout.write(f"\nRien n'empêche de travailler ; {doubtful} point(s) à regarder.")
        else:
            self.stdout.write("\nTout va bien.")


def database() -> Iterator[Finding]:
    """Reachable, migrated, and set so that what is acknowledged is kept."""
    if _is_not_made():
        yield Finding(BAD, "La base de données n'existe pas encore.", "Lancez : faubourg serve (il la fait).")
        return
    try:
        connection.ensure_connection()
        waiting = MigrationExecutor(connection).migration_plan(
            MigrationExecutor(connection).loader.graph.leaf_nodes()
        )
    except DatabaseError as problem:
        yield Finding(
            BAD,
            f"La base de données ne répond pas : {problem}".strip(),
            "Vérifiez DATABASE_URL et le serveur.",
        )
        return
    yield Finding(GOOD, f"La base de données répond ({_engine()}).")
    if waiting:
        yield Finding(
            BAD,
            f"La base attend {len(waiting)} migration(s).",
            "Lancez : faubourg migrate (faubourg serve le fait).",
        )
    else:
        yield Finding(GOOD, "La base est à jour.")
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()


def data_folder() -> Iterator[Finding]:
    """Writable by us, closed to the other users of the machine."""
    folder = Path(settings.DATA)
    if not folder.exists():
        yield Finding(
            WARN, f"Le dossier {folder} n'existe pas encore.", "Lancez : faubourg serve (il le fait)."
        )
        return
    if not os.access(folder, os.W_OK):
        yield Finding(
            BAD, f"On ne peut pas écrire dans {folder}.", f"Donnez ce dossier au compte {os.getuid()}."
        )
        return
    yield Finding(GOOD, f"Le dossier des données est {folder}.")
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield Finding(
            WARN, "D'autres comptes de la machine peuvent y entrer.", f"Fermez-le : chmod 700 {folder}"
        )


def secret_key() -> Iterator[Finding]:
    path = Path(settings.DATA) / "secret.key"
    if len(settings.SECRET_KEY) < 40:
        yield Finding(
            BAD,
            "La clé secrète est trop courte.",
            "Retirez FAUBOURG_SECRET_KEY : Faubourg en fait une bonne lui-même, dans son dossier de données.",
        )
    elif not path.exists() and not os.environ.get("FAUBOURG_SECRET_KEY"):
        yield Finding(WARN, "La clé secrète n'existe pas encore.", "Lancez : faubourg serve (il la fait).")
    elif path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding(BAD, "La clé secrète est lisible par d'autres comptes.", f"Lancez : chmod 600 {path}")
    else:
        yield Finding(GOOD, "La clé secrète est bonne et gardée.")


def static_files() -> Iterator[Finding]:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield Finding(GOOD, "Les fichiers de présentation sont construits.")
    else:
        yield Finding(
            BAD, f"Les fichiers de présentation manquent dans {settings.STATIC_ROOT}.", "Lancez : make setup"
        )


def fonts() -> Iterator[Finding]:
    """The one family pages, charts and PDF documents use."""
    folder = Path(settings.FRONT) / "fonts" / "ttf"
    if any(folder.glob("*.ttf")):
        yield Finding(GOOD, "Les polices des lettres PDF sont là.")
    else:
        yield Finding(BAD, f"Les polices des lettres PDF manquent dans {folder}.", "Lancez : make setup")


def mail() -> Iterator[Finding]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Finding(
            WARN,
            f"Aucun serveur de courriel : les lettres sont gardées dans {Path(settings.DATA) / 'mail'}.",
            "Donnez EMAIL_URL, par exemple smtp+tls://compte:motdepasse@serveur:587",
        )
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        post = get_connection(timeout=10)
        post.open()
        post.close()
    except (OSError, smtplib.SMTPException) as problem:
        yield Finding(
            BAD, f"Le serveur de courriel {server} refuse ou ne répond pas : {problem}", "Vérifiez EMAIL_URL."
        )
    else:
        yield Finding(GOOD, f"Le serveur de courriel {server} répond.")


def public_address() -> Iterator[Finding]:
    address = urlsplit(settings.PUBLIC_URL)
    if address.scheme == "https":
        yield Finding(GOOD, f"L'adresse publique est {settings.PUBLIC_URL}.")
    elif address.hostname in ("127.0.0.1", "localhost", "::1"):
        yield Finding(
            WARN,
            f"L'adresse publique est {settings.PUBLIC_URL} : personne d'autre n'y accède.",
            "Pour ouvrir aux autres, donnez FAUBOURG_URL, par exemple https://faubourg.exemple.fr",
        )
    else:
        yield Finding(
            BAD,
            f"L'adresse publique {settings.PUBLIC_URL} n'est pas chiffrée.",
            "Mettez un serveur https devant Faubourg et donnez FAUBOURG_URL=https://…",
        )


def queue() -> Iterator[Finding]:
    """Letters wait for the worker that `faubourg serve` runs."""
    now = timezone.now()
    if _is_not_made():
        return
    try:
        waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - STUCK_AFTER).count()
        failed = DBTaskResult.objects.failed().filter(finished_at__gt=now - timedelta(days=7)).count()
    except DatabaseError:
        return  # said by the check of the database
    yield _queue(waiting, failed)


def documents() -> Iterator[Finding]:
    """Every file that was received is still there, the same to the last byte."""
    if _is_not_made():
        return
    try:
        lost = altered()
    except DatabaseError:
        return  # said by the check of the database
    if lost:
        names = ", ".join(f"« {document} »" for document in lost[:3])
        yield Finding(
            BAD,
            f"{len(lost)} fichier(s) joint(s) manquent ou ont changé : {names}{'…' * (len(lost) > 3)}.",
            f"Reprenez le dossier {settings.MEDIA_ROOT} de la dernière sauvegarde.",
        )
    else:
        yield Finding(GOOD, "Les fichiers joints sont tous là, inchangés.")


def disk() -> Iterator[Finding]:
    if not Path(settings.DATA).exists():
        return  # said by the check of the folder
    free = shutil.disk_usage(settings.DATA).free
    room = f"{free / 1024**3:.1f}".replace(".", ",")
    if free < LITTLE_SPACE:
        yield Finding(BAD, f"Il ne reste que {room} Go sur le disque.", "Libérez de la place sans attendre.")
    elif free < LITTLE_WARNING:
        yield Finding(WARN, f"Il reste {room} Go sur le disque.", "Prévoyez de libérer de la place.")
    else:
        yield Finding(GOOD, f"Il reste {room} Go sur le disque.")


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    database, data_folder, secret_key, static_files, fonts, mail, public_address, queue, documents,
    disk,
)  # fmt: skip


# --------------------------------------------------------------------------------------------------


def _is_not_made() -> bool:
    """To open the file of SQLite would make it, and looking leaves no trace."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        return False
    return not Path(connection.settings_dict["NAME"]).exists()


def _engine() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    version = connection.pg_version  # type: ignore[attr-defined]
    return f"PostgreSQL {version // 10000}.{version % 10000}"


def _sqlite() -> Iterator[Finding]:
    """Foreign keys kept, writes on the disk before they are acknowledged, readers never blocked."""
    wanted = {"foreign_keys": (1,), "synchronous": (2, 3), "journal_mode": ("wal", "memory")}
    wrong = []
    with connection.cursor() as cursor:
        for name, values in wanted.items():
            cursor.execute(f"PRAGMA {name}")
            found = cursor.fetchone()[0]
            if found not in values:
                wrong.append(f"{name}={found}")
    if wrong:
        yield Finding(
            BAD,
            f"SQLite est mal réglé ({', '.join(wrong)}).",
            "Gardez le dossier des données sur un disque local : pas de partage réseau.",
        )
    else:
        yield Finding(GOOD, "SQLite garde chaque écriture (WAL, FULL, clés étrangères).")


def _postgresql() -> Iterator[Finding]:
    if connection.pg_version // 10000 < OLDEST_POSTGRESQL:  # type: ignore[attr-defined]
        yield Finding(
            BAD,
            f"Cette version de PostgreSQL est trop ancienne ({_engine()}).",
            f"Il faut {OLDEST_POSTGRESQL} au moins.",
        )


def _queue(waiting: int, failed: int) -> Finding:
    if waiting:
        return Finding(
            BAD,
            f"{waiting} envoi(s) attendent depuis plus d'un quart d'heure : personne ne les prend.",
            "Lancez faubourg serve, ou faubourg db_worker à côté de votre serveur.",
        )
    if failed:
        return Finding(
            WARN,
            f"{failed} tâche(s) ont échoué cette semaine.",
            "Voyez les courriels en échec dans la boîte d'envoi.",
        )
    return Finding(GOOD, "La file d'envoi avance.")
