"""Lieux, quartiers, contours, adresses."""

from faubourg.territories.models.addresses import Address, AddressBook, Street
from faubourg.territories.models.neighbourhoods import Neighbourhood
from faubourg.territories.models.outlines import Correspondence, Outline, Source
from faubourg.territories.models.places import Commune, Department, Epci, Region

__all__ = [
    "Address",
    "AddressBook",
    "Commune",
    "Correspondence",
    "Department",
    "Epci",
    "Neighbourhood",
    "Outline",
    "Region",
    "Source",
    "Street",
]
