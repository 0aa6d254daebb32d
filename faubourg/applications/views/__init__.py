"""Pages of the dossiers."""

from faubourg.applications.views.copies import duplicate
from faubourg.applications.views.life import drafts, extend, receipt, start, submit, withdraw
from faubourg.applications.views.listing import index
from faubourg.applications.views.papers import attach_paper, paper, remove_paper
from faubourg.applications.views.parts import edit

__all__ = [
    "attach_paper",
    "drafts",
    "duplicate",
    "edit",
    "extend",
    "index",
    "paper",
    "receipt",
    "remove_paper",
    "start",
    "submit",
    "withdraw",
]
