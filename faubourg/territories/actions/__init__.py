"""Bring places and outlines from files."""

from faubourg.territories.actions.cog import bring_cog, bring_communes
from faubourg.territories.actions.outlines import bring_file, receive_file
from faubourg.territories.actions.places import bring_places

__all__ = ["bring_cog", "bring_communes", "bring_file", "bring_places", "receive_file"]
