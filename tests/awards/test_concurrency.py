"""Two clerks cannot spend the same euro: real processes, a real database file or server, one envelope."""

import os
import subprocess
import sys
import uuid

import psycopg
import pytest
from django.conf import settings


@pytest.fixture
def database_url():
    """Empty for SQLite (a file in the folder of the test), else a database of its own on the server."""
    own = settings.DATABASES["default"]
    if own["ENGINE"].endswith("sqlite3"):
        yield ""
        return
    secret = f":{own['PASSWORD']}" if own.get("PASSWORD") else ""
    server = f"postgres://{own['USER']}{secret}@{own['HOST']}:{own['PORT']}"
    name = f"faubourg_spending_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield f"{server}/{name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_six_clerks_at_once_never_exceed_the_envelope(tmp_path, database_url):
    """FIN-2: 10 000 €, six grants of 3 000 € at the same moment: three pass, three are refused."""
    environment = os.environ | {
        "FAUBOURG_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "faubourg.config.settings",
    }
    environment.pop("DATABASE_URL", None)
    if database_url:
        environment["DATABASE_URL"] = database_url

    done = subprocess.run(
        [sys.executable, "-m", "tests.awards.spending"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.stdout.split() == ["granted"] * 3 + ["refused"] * 3
