"""A dossier as the files people take away."""

from faubourg.applications.exports.budget import budget_xlsx
from faubourg.applications.exports.cerfa import cerfa_pdf

__all__ = ["budget_xlsx", "cerfa_pdf"]
