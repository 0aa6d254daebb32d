"""The secret key of an installation: made once, kept beside its database, readable by its owner only."""

import os
import secrets
from pathlib import Path

from faubourg.config.reading import only_looks


def read_or_make_secret(path: Path) -> str:
    """Read the key, or make it; two processes starting together agree on one key."""
    if only_looks() and not path.exists():
        return secrets.token_urlsafe(50)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key
