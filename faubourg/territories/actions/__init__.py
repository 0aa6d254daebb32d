"""Bring places, outlines and addresses from files."""

from faubourg.territories.actions.addresses import bring_addresses
from faubourg.territories.actions.cog import bring_cog, bring_communes
from faubourg.territories.actions.outlines import bring_file, receive_file
from faubourg.territories.actions.places import bring_places

__all__ = ["bring_addresses", "bring_cog", "bring_communes", "bring_file", "bring_places", "receive_file"]
