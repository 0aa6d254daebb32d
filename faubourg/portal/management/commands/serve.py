"""`faubourg serve`: the production server and the worker that sends letters, in one command."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, OperationalError, close_old_connections
from django.utils import timezone

from faubourg.appraisal.jobs import remind_applicants
from faubourg.directory.jobs import remind_of_papers
from faubourg.fph.jobs import erase_contacts
from faubourg.messaging.jobs import deliver_stranded, send_digests
from faubourg.questionnaires.jobs import count_answers

ROUNDS = (
    deliver_stranded, send_digests, remind_applicants, remind_of_papers, count_answers, erase_contacts,
)  # fmt: skip
"""What is looked at every minute: each does what is due, once, and nothing when nothing is."""
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Migre la base, puis sert Faubourg ; s'arrête proprement avec Ctrl+C."
    requires_system_checks = ()  # they look at the code, not at the installation: half a second at each start

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demonstration",
            action="store_true",
            help="Si la base est vide, charge le contrat réel et une campagne fictive.",
        )

    def handle(self, *args: Any, demonstration: bool, **options: Any) -> None:
        refuse_a_taken_port()
        try:
            call_command("migrate", verbosity=0)
        except OperationalError as problem:
            raise CommandError(
                f"La base de données ne répond pas : {problem}\nLancez « faubourg doctor »."
            ) from None
        if demonstration:
            call_command("demo", if_empty=True)
        self.stdout.write(f"\nFaubourg est ouvert : {settings.PUBLIC_URL} (Ctrl+C pour arrêter)\n")
        serve_until_stopped()


def refuse_a_taken_port() -> None:
    """granian shares its port with whoever asks: two installations would answer in turn, unseen."""
    host = os.environ.get("HOST", "127.0.0.1")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, settings.PORT))
        except OSError as problem:
            raise CommandError(
                f"Le port {settings.PORT} est déjà pris ou interdit ({problem.strerror}) : un autre Faubourg "
                "tourne peut-être encore. Arrêtez-le, ou choisissez un autre PORT."
            ) from None


def serve_until_stopped() -> None:
    """Run granian as a child and the letter worker here; when one stops, both do."""
    server = subprocess.Popen(server_command())
    Thread(target=_stop_when_over, args=(server,), daemon=True).start()
    Thread(target=_mind_the_post, daemon=True).start()
    try:
        call_command("db_worker", verbosity=0, startup_delay=False, interval=1)
    finally:
        server.terminate()
        server.wait(timeout=20)


def server_command() -> list[str]:
    """granian, two workers of four threads, on the address of the settings."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", os.environ.get("HOST", "127.0.0.1"),
        "--port", str(settings.PORT), "--workers", os.environ.get("FAUBOURG_WORKERS", "2"),
        "--blocking-threads", "4", "--backlog", "512", "--log-level", "warning",
        "faubourg.config.wsgi:application",
    ]  # fmt: skip


def _mind_the_post() -> None:
    """Every minute: the letters whose job was lost, the digests of the day, what is due."""
    while True:
        time.sleep(60)
        close_old_connections()
        for round_ in ROUNDS:
            try:
                round_(timezone.now())
            except DatabaseError:
                logger.exception("%s could not be done; it will be in a minute.", round_.__name__)


def _stop_when_over(server: subprocess.Popen[bytes]) -> None:
    server.wait()
    os.kill(os.getpid(), signal.SIGTERM)
