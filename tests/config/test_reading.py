"""A variable nobody can understand is named in French before anything starts, and its value is not told."""

import os
import subprocess
import sys

import pytest

from tests.live.installation import Installation


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "abc", "entre 1 et 65535"),
        ("PORT", "65536", "entre 1 et 65535"),
        ("EMAIL_URL", "bad", "smtp+tls://"),
        ("FAUBOURG_UPLOAD_MEGABYTES", "beaucoup", "entre 1 et 1000"),
        ("FAUBOURG_TILES", "https://tuiles.exemple.fr/", "https://tuiles.exemple.fr/{z}/{x}/{y}.png"),
        ("FAUBOURG_DATA", "/proc/x", "ne peut pas servir"),
        ("DATABASE_URL", "oracle://u:motsecret@ici/x", "postgres://"),
    ],
)
@pytest.mark.parametrize("command", ["doctor", "serve"])
def test_what_is_not_understood_is_named(tmp_path, command, name, value, expected):
    environment = {key: kept for key, kept in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    told = subprocess.run(
        [sys.executable, "-m", "faubourg", command],
        env=environment | {"FAUBOURG_DATA": str(tmp_path), name: value},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert told.returncode == 1
    assert told.stderr.startswith(f"La variable {name} n'est pas comprise")
    assert expected in told.stderr
    assert "motsecret" not in told.stderr
    assert "Traceback" not in told.stderr


def test_a_database_that_does_not_answer_is_said_and_nothing_is_served(tmp_path):
    site = Installation(tmp_path, database_url="postgres://quelquun@127.0.0.1:1/base")
    told = site.command("serve", check=False)

    assert told.returncode == 1
    assert "La base de données ne répond pas" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_first_account_needs_nothing_done_before(tmp_path):
    """On an empty folder: the command makes the database it writes in."""
    told = Installation(tmp_path).command("first_account", "awa@exemple.fr", "Awa Diallo")

    assert "/compte/invitation/" in told.stdout
