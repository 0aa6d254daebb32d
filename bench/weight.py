"""What a phone downloads: a page alone, and with everything its first visit fetches."""

import gzip
import re
from urllib.parse import urljoin

from bench.clock import Address, NotServed, connected

_IN_PAGE = re.compile(r"<(?:link|script|img)\b[^>]*?(?:href|src)=\"(/static/[^\"#]+)")
_IN_STYLE = re.compile(r"url\([\"']?([^\"')#]+)")


def weights(page: Address) -> tuple[int, int]:
    """(first visit, next ones) in bytes as sent. Every font the style names is counted: the worst case."""
    body, next_visit = fetch(page.port, page.path, page.headers())
    wanted = set(_IN_PAGE.findall(body.decode()))
    styles = [name for name in wanted if name.endswith(".css")]
    for name in styles:
        wanted |= {urljoin(name, found) for found in _used(fetch(page.port, name, {})[0].decode())}
    # A browser is offered brotli behind TLS only; gzip is the worst case, and the one measured.
    parts = [fetch(page.port, name, {"Accept-Encoding": "gzip"})[1] for name in sorted(wanted)]
    return next_visit + sum(parts), next_visit


def _used(style: str) -> list[str]:
    """What a style sheet fetches."""
    return [found for found in _IN_STYLE.findall(style) if not found.startswith("data:")]


def fetch(port: int, path: str, headers: dict[str, str]) -> tuple[bytes, int]:
    """(body, bytes as sent)."""
    with connected(port) as connection:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        sent = response.read()
        if response.status != 200:
            raise NotServed(f"{path} : {response.status}")
        body = gzip.decompress(sent) if response.getheader("Content-Encoding") == "gzip" else sent
    return body, len(sent)
