"""Pages of the dossiers."""

from faubourg.applications.views.assistance import ask_help, end_help, file_paper, start_for
from faubourg.applications.views.budget_files import budget, import_budget, send_budget
from faubourg.applications.views.cerfa import cerfa
from faubourg.applications.views.copies import duplicate
from faubourg.applications.views.life import drafts, extend, receipt, start, submit, withdraw
from faubourg.applications.views.listing import index
from faubourg.applications.views.papers import attach_paper, paper, remove_paper
from faubourg.applications.views.parts import edit, print_part

__all__ = [
    "ask_help",
    "attach_paper",
    "budget",
    "cerfa",
    "drafts",
    "duplicate",
    "edit",
    "end_help",
    "extend",
    "file_paper",
    "import_budget",
    "index",
    "paper",
    "print_part",
    "receipt",
    "remove_paper",
    "send_budget",
    "start",
    "start_for",
    "submit",
    "withdraw",
]
