import uuid

import psycopg
import pytest
from django.conf import settings

from tests.live.installation import Installation


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """An empty installation on the same kind of database as the rest of the run."""
    folder = tmp_path_factory.mktemp("installation")
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield from running(Installation(folder))
        return
    own = settings.DATABASES["default"]
    server = f"postgres://{own['USER']}@{own['HOST']}:{own['PORT']}"
    name = f"faubourg_live_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield from running(Installation(folder, database_url=f"{server}/{name}"))
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def running(installation):
    try:
        yield installation
    finally:
        installation.kill()
