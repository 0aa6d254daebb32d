"""A throw-away installation per database: a folder, and a PostgreSQL database dropped at the end."""

import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
KINDS = ("sqlite", "postgresql")


@contextmanager
def installation(kind: str) -> Iterator[dict[str, str] | None]:
    """The environment of an installation with nothing in it, or None when that database does not answer."""
    with tempfile.TemporaryDirectory(prefix="faubourg-bench-") as folder, _url(kind) as url:
        yield None if url is None else _environment(folder, url)


def _environment(folder: str, url: str) -> dict[str, str]:
    """The caller's, without what belongs to its own installation."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FAUBOURG_") and name not in ("DATABASE_URL", "EMAIL_URL", "HOST", "PORT")
    }
    own = {
        "FAUBOURG_DATA": folder,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": str(ROOT),
    }
    return kept | own | ({"DATABASE_URL": url} if url else {})


@contextmanager
def _url(kind: str) -> Iterator[str | None]:
    """ "" is SQLite in the folder."""
    if kind == "sqlite":
        yield ""
        return
    server = os.environ.get("FAUBOURG_TEST_POSTGRES", POSTGRES)
    name = f"faubourg_bench_{secrets.token_hex(4)}"
    try:
        _tell(server, "CREATE DATABASE {}", name)
    except psycopg.OperationalError:
        yield None
        return
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        _tell(server, "DROP DATABASE {} WITH (FORCE)", name)


def _tell(server: str, order: str, name: str) -> None:
    with psycopg.connect(server, connect_timeout=3, autocommit=True) as connection:
        connection.execute(sql.SQL(order).format(sql.Identifier(name)))


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
