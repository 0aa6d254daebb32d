"""What a phone downloads: a page alone, and with everything its first visit fetches."""

import gzip
import re
from urllib.parse import urljoin

from bench.clock import Address, NotServed, connected

_IN_PAGE = re.compile(r"<(?:link|script|img)\b[^>]*?(?:href|src)=\"(/static/[^\"#]+)")
_IN_STYLE = re.compile(r"url\([\"']?([^\"')#]+)")
_FACE = re.compile(r"@font-face\s*{[^}]*}")
_ITALIC = re.compile(r"font-style:\s*italic")
_SLANTED = re.compile(r"<(?:em|i|cite|dfn)\b|fst-italic|field-example|cell-waiting")
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)


def weights(page: Address) -> tuple[int, int]:
    """(first visit, next ones) in bytes as sent; every font the letters of the page may call is counted."""
    body, next_visit = fetch(page.port, page.path, page.headers())
    text = body.decode()
    wanted = set(_IN_PAGE.findall(text))
    styles = [name for name in wanted if name.endswith(".css")]
    for name in styles:
        wanted |= {urljoin(name, found) for found in _used(fetch(page.port, name, {})[0].decode(), text)}
    # A browser is offered brotli behind TLS only; gzip is the worst case, and the one measured.
    parts = [fetch(page.port, name, {"Accept-Encoding": "gzip"})[1] for name in sorted(wanted)]
    return next_visit + sum(parts), next_visit


def _used(style: str, text: str) -> list[str]:
    """What a style sheet fetches: of the fonts, those that have some of these letters, slanted if any is."""
    letters, is_slanted = set(text), _SLANTED.search(text) is not None

    def kept(face: re.Match[str]) -> str:
        is_called = is_slanted or not _ITALIC.search(face[0])
        return face[0] if is_called and _has_one_of(face[0], letters) else ""

    style = _FACE.sub(kept, style)
    return [found for found in _IN_STYLE.findall(style) if not found.startswith("data:")]


def _has_one_of(face: str, letters: set[str]) -> bool:
    ranges = [(int(first, 16), int(last or first, 16)) for first, last in _RANGE.findall(face)]
    return not ranges or any(first <= ord(letter) <= last for letter in letters for first, last in ranges)


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
