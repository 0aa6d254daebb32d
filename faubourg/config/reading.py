"""Reading the environment: what cannot be understood is named in French, before anything starts."""

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")


class BadSetting(Exception):
    """A variable of the environment that is not understood. Its text is a French sentence that names it."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"La variable {name} n'est pas comprise : {expected} Puis relancez la commande.")


def understood(name: str, read: Callable[[], T], expected: str) -> T:
    """What `read` finds; raises BadSetting, which never quotes the value: an address holds a password."""
    try:
        return read()
    except (ValueError, KeyError, AttributeError, ImproperlyConfigured):
        raise BadSetting(name, expected) from None


def whole_number(name: str, default: int, least: int, most: int) -> int:
    """A number of the environment, between two others, both included."""
    expected = f"écrivez un nombre entre {least} et {most}."
    found = understood(name, lambda: int(os.environ.get(name) or default), expected)
    if not least <= found <= most:
        raise BadSetting(name, expected)
    return found


def only_looks() -> bool:
    """`faubourg doctor` leaves no trace: it makes no folder, no key and no database."""
    return sys.argv[1:2] == ["doctor"]


def own_folder(name: str, default: Path) -> Path:
    """A folder we may make and use, closed to the other users of the machine."""
    folder = Path(os.environ.get(name) or default).resolve()
    try:
        if only_looks():
            _try_without_a_trace(next(one for one in (folder, *folder.parents) if one.exists()))
        else:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise BadSetting(name, f"{folder} ne peut pas servir ({problem.strerror}).") from None
    return folder


def _try_without_a_trace(folder: Path) -> None:
    """Raises OSError where no file can be made; the file tried has no name and goes at once."""
    with TemporaryFile(dir=folder):
        pass


def web_address(name: str) -> str:
    """Where another service is, without the last slash; "" without the variable: it is never called."""
    address = os.environ.get(name, "").rstrip("/")
    if address and not re.fullmatch(r"https?://[\w.-]+(?::\d+)?(?:/[\w./-]*)?", address, re.ASCII):
        raise BadSetting(name, "écrivez une adresse, par exemple https://data.geopf.fr/geocodage.")
    return address


@dataclass(frozen=True)
class Tiles:
    """Street tiles: their address with {z}, {x}, {y}, what the map writes in a corner, who serves them."""

    address: str
    credit: str
    origin: str


def street_tiles(name: str) -> Tiles | None:
    """None without the variable: maps then show the outlines alone, and ask nobody anything."""
    address = os.environ.get(name, "")
    if not address:
        return None
    expected = "écrivez l'adresse des tuiles, par exemple https://tuiles.exemple.fr/{z}/{x}/{y}.png."
    host = re.match(r"(https?://)((?:\{s\}\.)?[\w.-]+(?::\d+)?)/", address, re.ASCII)
    if host is None or any(sign not in address for sign in ("{z}", "{x}", "{y}")):
        raise BadSetting(name, expected)
    origin = host[1] + host[2].replace("{s}", "*")
    credit = os.environ.get(f"{name}_CREDIT") or f"Fond de carte : {host[2].removeprefix('{s}.')}"
    return Tiles(address, credit, origin)
