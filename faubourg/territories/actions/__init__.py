"""Bring places and outlines from files."""

from faubourg.territories.actions.cog import bring_cog, bring_communes
from faubourg.territories.actions.outlines import Brought, bring_file
from faubourg.territories.actions.places import bring_places

__all__ = ["Brought", "bring_cog", "bring_communes", "bring_file", "bring_places"]
