"""What can be done to a dossier: lock, demand, change, save, journal."""

from faubourg.applications.actions.assistance import ask_help, end_help, file_paper, start_for
from faubourg.applications.actions.budget_files import import_budget, send_budget
from faubourg.applications.actions.copies import duplicate
from faubourg.applications.actions.life import advance, extend, start, submit, unlock, withdraw
from faubourg.applications.actions.papers import attach_paper, remove_paper, take_kept_papers
from faubourg.applications.actions.parts import SavedMeanwhile, Seen, save_part

__all__ = [
    "SavedMeanwhile",
    "Seen",
    "advance",
    "ask_help",
    "attach_paper",
    "duplicate",
    "end_help",
    "extend",
    "file_paper",
    "import_budget",
    "remove_paper",
    "save_part",
    "send_budget",
    "start",
    "start_for",
    "submit",
    "take_kept_papers",
    "unlock",
    "withdraw",
]
