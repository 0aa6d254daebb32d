"""What a page asks of the database and weighs, seen from inside: Django's test client, no server."""

from dataclasses import dataclass, field

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.cast import Cast
from bench.pages import Page

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Reading:
    """One answer: its status, its queries, its length before compression."""

    status: int
    statements: tuple[str, ...] = field(repr=False)
    length: int
    body: bytes = field(repr=False)

    @property
    def queries(self) -> int:
        return len(self.statements)


def signed_in(page: Page, cast: Cast) -> Client:
    client = Client(SERVER_NAME=HOST, raise_request_exception=True)
    client.force_login(page.user(cast))
    return client


def read(page: Page, cast: Cast) -> Reading | None:
    """The second answer of a page (the first fills what is kept), or None while the page does not exist."""
    url = page.url(cast)
    if url is None:
        return None
    client = signed_in(page, cast)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    statements = tuple(query["sql"] for query in captured.captured_queries)
    body = response.getvalue()
    return Reading(response.status_code, statements, len(body), body)


def cookie(page: Page, cast: Cast) -> str:
    """The header that makes a plain HTTP client the person who opens this page."""
    return f"sessionid={signed_in(page, cast).cookies['sessionid'].value}"
