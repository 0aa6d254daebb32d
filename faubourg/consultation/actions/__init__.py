"""What is done with councils, consultations and what residents say."""

from faubourg.consultation.actions.allowances import (
    attach_receipt,
    record_expense,
    withdraw_expense,
)
from faubourg.consultation.actions.coding import (
    add_topic,
    archive_topic,
    code_contribution,
    revise_topic,
    settle_topic,
)
from faubourg.consultation.actions.consultations import amend, close, prepare, publish
from faubourg.consultation.actions.contributions import (
    correct_contribution,
    keep_contribution,
    record_contribution,
    review_contribution,
    set_aside_contribution,
    take_down,
)
from faubourg.consultation.actions.councils import (
    bring_councils,
    change_council_status,
    equip_council,
    recognise_council,
)
from faubourg.consultation.actions.gatherings import add_gathering, amend_gathering, count_attendees
from faubourg.consultation.actions.letters import (
    answer_letter,
    close_referral,
    follow_referral,
    pass_on_referral,
    write_letter,
)
from faubourg.consultation.actions.links import link_to_objective, unlink_from_objective
from faubourg.consultation.actions.loading import bring_consultations, bring_topics
from faubourg.consultation.actions.members import end_mandate, note_session, seat_member, set_contact
from faubourg.consultation.actions.minutes import publish_minutes, validate_minutes, write_minutes
from faubourg.consultation.actions.plans import add_plan_action, adopt_plan, follow_plan_action
from faubourg.consultation.actions.surveys import (
    amend_point,
    drop_point,
    note_point,
    reopen_point,
    resolve_point,
)
from faubourg.consultation.actions.trainings import (
    amend_training,
    note_training,
)

__all__ = [
    "add_gathering",
    "add_plan_action",
    "add_topic",
    "adopt_plan",
    "amend",
    "amend_gathering",
    "amend_point",
    "amend_training",
    "answer_letter",
    "archive_topic",
    "attach_receipt",
    "bring_consultations",
    "bring_councils",
    "bring_topics",
    "change_council_status",
    "close",
    "close_referral",
    "code_contribution",
    "correct_contribution",
    "count_attendees",
    "drop_point",
    "end_mandate",
    "equip_council",
    "follow_plan_action",
    "follow_referral",
    "keep_contribution",
    "link_to_objective",
    "note_point",
    "note_session",
    "note_training",
    "pass_on_referral",
    "prepare",
    "publish",
    "publish_minutes",
    "recognise_council",
    "record_contribution",
    "record_expense",
    "reopen_point",
    "resolve_point",
    "review_contribution",
    "revise_topic",
    "seat_member",
    "set_aside_contribution",
    "set_contact",
    "settle_topic",
    "take_down",
    "unlink_from_objective",
    "validate_minutes",
    "withdraw_expense",
    "write_letter",
    "write_minutes",
]
