"""Faubourg: the whole life of a French *contrat de ville*."""
