"""The pages of the instruction and of the committee."""

from faubourg.appraisal.views.bulk import act_in_bulk
from faubourg.appraisal.views.councils import give_council_opinion
from faubourg.appraisal.views.information import (
    accept_corrections,
    answer_information,
    ask_information,
    take_back,
)
from faubourg.appraisal.views.live import (
    come_back,
    live,
    live_item,
    note_aside,
    projection,
    save_notes,
    save_point,
    show_item,
    withdraw_remark,
)
from faubourg.appraisal.views.meetings import cancel_meeting, close_meeting, meeting, table, untable
from faubourg.appraisal.views.papers import order_papers, paper, papers, send_papers
from faubourg.appraisal.views.sheets import (
    appraise,
    be_present,
    bypass_committee,
    declare_admissible,
    declare_inadmissible,
    note_final_report,
    sheet,
    take_charge,
)
from faubourg.appraisal.views.tabled import carry_over, give_opinion, remark, tabled
from faubourg.appraisal.views.worklist import export, index, remove_view, save_view

__all__ = [
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
    "export",
    "give_council_opinion",
    "give_opinion",
    "index",
    "live",
    "live_item",
    "meeting",
    "note_aside",
    "note_final_report",
    "order_papers",
    "paper",
    "papers",
    "projection",
    "remark",
    "remove_view",
    "save_notes",
    "save_point",
    "save_view",
    "send_papers",
    "sheet",
    "show_item",
    "table",
    "tabled",
    "take_back",
    "take_charge",
    "untable",
    "withdraw_remark",
]
