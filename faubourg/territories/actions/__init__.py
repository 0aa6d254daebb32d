"""Bring places and outlines from files."""

from faubourg.territories.actions.cog import bring_cog, bring_communes
from faubourg.territories.actions.places import bring_places

__all__ = ["bring_cog", "bring_communes", "bring_places"]
