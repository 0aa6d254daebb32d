"""`faubourg doctor` says what is wrong, what to do, and fails when one cannot work."""

import os
import socket
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from faubourg.documents.actions import keep
from faubourg.portal.management.commands import doctor

pytestmark = pytest.mark.django_db


@pytest.fixture
def healthy(settings, tmp_path):
    """An installation where nothing is missing."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir(mode=0o700)
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    settings.FRONT = tmp_path / "front"
    (settings.FRONT / "fonts" / "ttf").mkdir(parents=True)
    (settings.FRONT / "fonts" / "ttf" / "a.ttf").write_bytes(b"")
    settings.PUBLIC_URL = "https://faubourg.exemple.fr"
    return settings


def run():
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except SystemExit as stop:
        return out.getvalue(), stop.code
    return out.getvalue(), 0


def marks(check):
    return [finding.mark for finding in check()]


def test_a_healthy_installation_is_told_so(healthy):
    text, code = run()

    assert code == 0, text
    assert "✗" not in text
    assert "! Aucun serveur de courriel" in text
    assert "Rien n'empêche de travailler ; 1 point(s) à regarder." in text
    assert "Tout va bien" not in text


def test_all_is_well_is_said_only_when_nothing_is_doubtful(healthy, monkeypatch):
    monkeypatch.setattr(doctor, "CHECKS", (doctor.data_folder, doctor.secret_key))

    assert "Tout va bien." in run()[0]


def test_what_is_wrong_is_told_with_what_to_do_and_the_exit_code(healthy):
    (healthy.STATIC_ROOT / "staticfiles.json").unlink()

    text, code = run()

    assert code == 1
    assert "✗ Les fichiers de présentation manquent" in text
    assert "→ Lancez : make setup" in text
    assert "1 point à corriger" in text


def test_a_file_that_is_lost_or_has_changed_is_named(healthy, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    _, changed, lost = (
        keep(b"lettre", name, "text/plain", actor=None, now=timezone.now()) for name in ("a", "b", "c")
    )
    assert marks(doctor.documents) == ["✓"]
    Path(changed.file.path).write_bytes(b"Lettre")
    Path(lost.file.path).unlink()

    (finding,) = doctor.documents()
    assert (finding.mark, "2 fichier(s)" in finding.text) == ("✗", True)
    assert "« b », « c »" in finding.text


def test_a_data_folder_open_to_others_is_a_warning(healthy):
    healthy.DATA.chmod(0o755)

    assert marks(doctor.data_folder) == ["✓", "!"]


@pytest.mark.parametrize(
    ("address", "mark"),
    [
        ("https://faubourg.exemple.fr", "✓"),
        ("http://127.0.0.1:8000", "!"),
        ("http://localhost:8000", "!"),
        ("http://faubourg.exemple.fr", "✗"),
    ],
)
def test_an_address_open_to_others_is_encrypted(healthy, address, mark):
    healthy.PUBLIC_URL = address

    assert marks(doctor.public_address) == [mark]


def test_a_short_secret_is_refused_and_a_readable_one_too(healthy):
    healthy.SECRET_KEY = "court"
    assert marks(doctor.secret_key) == ["✗"]
    healthy.SECRET_KEY = "x" * 50
    assert marks(doctor.secret_key) == ["✓"]
    key = healthy.DATA / "secret.key"
    key.write_text("x")
    key.chmod(0o644)
    assert marks(doctor.secret_key) == ["✗"]
    key.chmod(0o600)
    assert marks(doctor.secret_key) == ["✓"]


def test_without_fonts_no_letter_can_be_set(healthy):
    (healthy.FRONT / "fonts" / "ttf" / "a.ttf").unlink()

    assert marks(doctor.fonts) == ["✗"]


def test_letters_kept_in_a_folder_are_said(healthy):
    healthy.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

    finding = next(doctor.mail())

    assert finding.mark == "!"
    assert str(healthy.DATA / "mail") in finding.text


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_mail_server_is_tried_for_real(healthy):
    healthy.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    healthy.EMAIL_HOST, healthy.EMAIL_PORT = "127.0.0.1", free_port()
    assert marks(doctor.mail) == ["✗"]

    server = Controller(Sink(), hostname="127.0.0.1", port=healthy.EMAIL_PORT)
    server.start()
    try:
        assert marks(doctor.mail) == ["✓"]
    finally:
        server.stop()


def waiting_task(**fields):
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x", backend_name="default",
        run_after=timezone.now() - timedelta(days=1), **fields,
    )  # fmt: skip
    return DBTaskResult.objects.filter(pk=task.pk)


@pytest.mark.parametrize(("minutes", "mark"), [(14, "✓"), (16, "✗")])
def test_letters_that_nobody_takes_are_noticed_after_a_quarter_of_an_hour(minutes, mark):
    waiting_task().update(enqueued_at=timezone.now() - timedelta(minutes=minutes))

    assert marks(doctor.queue) == [mark]


def test_a_task_that_failed_this_week_is_a_warning():
    waiting_task(status="FAILED").update(finished_at=timezone.now())

    assert marks(doctor.queue) == ["!"]


@pytest.mark.parametrize(("free", "mark"), [(400, "✗"), (4000, "!"), (6000, "✓")])
def test_little_room_on_the_disk_is_said(monkeypatch, free, mark):
    monkeypatch.setattr(
        doctor.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": free * 1024**2})
    )

    assert marks(doctor.disk) == [mark]


def test_the_database_is_named_and_up_to_date():
    findings = list(doctor.database())

    assert connection.vendor in findings[0].text.lower()
    assert {finding.mark for finding in findings} == {"✓"}


def test_a_database_that_does_not_answer_is_the_first_thing_said(healthy, tmp_path):
    """In a process of its own: a connection that fails for real."""
    done = subprocess.run(
        [sys.executable, "-m", "faubourg", "doctor"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "faubourg.config.settings",
             "FAUBOURG_DATA": str(tmp_path / "d"), "DATABASE_URL": f"postgres://nobody@127.0.0.1:{free_port()}/none"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "✗ La base de données ne répond pas" in done.stdout
    assert "DATABASE_URL" in done.stdout


@pytest.mark.parametrize("where", ["", "a/b"], ids=["an empty folder", "no folder yet"])
def test_looking_at_an_empty_folder_leaves_it_empty(tmp_path, where):
    """No database, no key, no folder: what is missing is told, with who makes it."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "FAUBOURG_SECRET_KEY", "DJANGO_SETTINGS_MODULE")
    }
    told = subprocess.run(
        [sys.executable, "-m", "faubourg", "doctor"],
        env=kept | {"FAUBOURG_DATA": str(tmp_path / where)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert list(tmp_path.iterdir()) == []
    assert told.returncode == 1, told.stderr
    assert "✗ La base de données n'existe pas encore." in told.stdout
    assert "! La clé secrète n'existe pas encore." in told.stdout
    assert told.stdout.count("faubourg serve (il l") == (3 if where else 2)
    assert told.stderr == ""
