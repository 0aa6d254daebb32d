"""What pages and other apps read of territories."""

from faubourg.territories.queries import outlines

__all__ = ["outlines"]
