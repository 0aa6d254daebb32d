"""How a source is cited."""

from datetime import date


def version_label(publisher: str, dated: date | None, sha256: str) -> str:
    """Publisher, date of the file, first six digits of its hash: "ANCT, 15/01/2026, 3fa2c1"."""
    day = f"{dated:%d/%m/%Y}" if dated else "sans date"
    return ", ".join(part for part in (publisher, day, sha256[:6]) if part)
