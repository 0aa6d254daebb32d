"""What the instruction computes on plain values: checks, amounts proposed, corrections asked, time spent."""

from faubourg.appraisal.rules.agenda import Proposed, in_order
from faubourg.appraisal.rules.base import Check, Context, EnvelopeLeft, FinalReportKnown, Thresholds
from faubourg.appraisal.rules.checks import blocking, checks, proposal_problem
from faubourg.appraisal.rules.clock import Clock, clock, days, is_to_be_reminded
from faubourg.appraisal.rules.corrections import AFTER_THE_DAY, Asked, correction_problems, unanswered, why
from faubourg.appraisal.rules.presence import PRESENT_FOR, presence_words
from faubourg.appraisal.rules.scores import Mean, weighted_mean
from faubourg.appraisal.rules.session import read_mentioned

__all__ = [
    "AFTER_THE_DAY",
    "PRESENT_FOR",
    "Asked",
    "Check",
    "Clock",
    "Context",
    "EnvelopeLeft",
    "FinalReportKnown",
    "Mean",
    "Proposed",
    "Thresholds",
    "blocking",
    "checks",
    "clock",
    "correction_problems",
    "days",
    "in_order",
    "is_to_be_reminded",
    "presence_words",
    "proposal_problem",
    "read_mentioned",
    "unanswered",
    "weighted_mean",
    "why",
]
