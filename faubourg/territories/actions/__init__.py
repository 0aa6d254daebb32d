"""Bring places and outlines from files."""

from faubourg.territories.actions.places import bring_places

__all__ = ["bring_places"]
