"""Keep-alive clients that ask for a page and note how long the whole answer takes to come."""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from threading import Thread

WARM_UP = 4
"""Connections opened first, so that each worker has served the page before it is timed."""


class NotServed(Exception):
    """The server did not answer 200."""


@dataclass
class Address:
    """A page on the server, as the person who holds the cookie."""

    port: int
    path: str
    cookie: str
    compressed: int = field(default=0, init=False)

    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "Accept-Encoding": "gzip", "Accept-Language": "fr"}


@dataclass(frozen=True)
class Times:
    """Milliseconds of each answer, in the order they came."""

    milliseconds: list[float]
    elapsed: float

    @property
    def p50(self) -> float:
        return median(self.milliseconds)

    @property
    def calm(self) -> float:
        return quantiles(self.milliseconds, n=4)[0] if len(self.milliseconds) > 1 else self.p50

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.elapsed


@contextmanager
def connected(port: int) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        yield connection
    finally:
        connection.close()


def ask(connection: http.client.HTTPConnection, address: Address) -> float:
    """One request, answered in full: milliseconds."""
    start = time.perf_counter()
    connection.request("GET", address.path, headers=address.headers())
    response = connection.getresponse()
    body = response.read()
    spent = (time.perf_counter() - start) * 1000
    if response.status != 200:
        raise NotServed(f"{address.path} : {response.status} {response.getheader('Location') or ''}")
    address.compressed = len(body)
    return spent


def warm(address: Address) -> None:
    for _ in range(WARM_UP):
        with connected(address.port) as connection:
            ask(connection, address)


def side_by_side(page: Address, floor: Address, seconds: float, least: int) -> tuple[Times, Times]:
    """One connection, the page and the floor in turns: what troubles the machine troubles both."""
    warm(page)
    times: tuple[list[float], list[float]] = ([], [])
    start = time.perf_counter()
    with connected(page.port) as connection:
        while time.perf_counter() - start < seconds or len(times[0]) < least:
            for address, noted in zip((page, floor), times, strict=True):
                noted.append(ask(connection, address))
    elapsed = time.perf_counter() - start
    return Times(times[0], elapsed), Times(times[1], elapsed)


def together(address: Address, connections: int, seconds: float) -> Times:
    """Several connections at once, each asking as soon as it is answered."""
    noted: list[float] = []
    refused: list[Exception] = []
    start = time.perf_counter()
    clients = [
        Thread(target=_insist, args=(address, start + seconds, noted, refused)) for _ in range(connections)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if refused:
        raise refused[0]
    return Times(noted, time.perf_counter() - start)


def _insist(address: Address, until: float, noted: list[float], refused: list[Exception]) -> None:
    try:
        with connected(address.port) as connection:
            while True:
                noted.append(ask(connection, address))
                if time.perf_counter() >= until:
                    return
    except Exception as problem:
        refused.append(problem)
