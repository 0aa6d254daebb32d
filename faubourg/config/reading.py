"""Reading the environment: what cannot be understood is named in French, before anything starts."""

import os
from collections.abc import Callable
from pathlib import Path
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


def own_folder(name: str, default: Path) -> Path:
    """A folder we may make and use, closed to the other users of the machine."""
    folder = Path(os.environ.get(name) or default).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise BadSetting(name, f"{folder} ne peut pas servir ({problem.strerror}).") from None
    return folder
