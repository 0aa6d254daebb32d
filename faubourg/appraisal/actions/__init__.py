"""What can be done to a dossier under examination: lock, demand, change, save, journal."""

from faubourg.appraisal.actions.admissibility import declare_admissible, declare_inadmissible
from faubourg.appraisal.actions.appraisals import (
    SavedMeanwhile,
    appraise,
    bypass_committee,
    save_appraisal,
    take_charge,
)
from faubourg.appraisal.actions.bulk import Result, act_in_bulk
from faubourg.appraisal.actions.conflicts import keep_aside
from faubourg.appraisal.actions.final_reports import note_final_report
from faubourg.appraisal.actions.information import (
    accept_corrections,
    answer_information,
    ask_information,
    remind,
    take_back,
)
from faubourg.appraisal.actions.meetings import (
    cancel_meeting,
    carry_over,
    close_meeting,
    table,
    table_all,
    untable,
)
from faubourg.appraisal.actions.notes import (
    NotesSavedMeanwhile,
    come_back,
    note_aside,
    record_notes,
    save_notes,
    withdraw_remark,
)
from faubourg.appraisal.actions.opinions import give_council_opinion, give_opinion, remark
from faubourg.appraisal.actions.papers import is_stuck, make_papers, order_papers, send_papers
from faubourg.appraisal.actions.presence import be_present
from faubourg.appraisal.actions.proposals import retain_proposals
from faubourg.appraisal.actions.saved_views import remove_view, save_view

__all__ = [
    "NotesSavedMeanwhile",
    "Result",
    "SavedMeanwhile",
    "accept_corrections",
    "act_in_bulk",
    "answer_information",
    "appraise",
    "ask_information",
    "be_present",
    "bypass_committee",
    "cancel_meeting",
    "carry_over",
    "close_meeting",
    "come_back",
    "declare_admissible",
    "declare_inadmissible",
    "give_council_opinion",
    "give_opinion",
    "is_stuck",
    "keep_aside",
    "make_papers",
    "note_aside",
    "note_final_report",
    "order_papers",
    "record_notes",
    "remark",
    "remind",
    "remove_view",
    "retain_proposals",
    "save_appraisal",
    "save_notes",
    "save_view",
    "send_papers",
    "table",
    "table_all",
    "take_back",
    "take_charge",
    "untable",
    "withdraw_remark",
]
