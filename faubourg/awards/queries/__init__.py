"""What pages, documents and other apps need to read of decisions, letters and the programme."""

from faubourg.awards.queries.calls import awards_call_for, awards_calls_for, envelope_gauges
from faubourg.awards.queries.decisions import (
    DecisionLine,
    decision_of,
    decisions_of,
    funding_request_for,
    limits_of,
    lock_envelope,
)
from faubourg.awards.queries.ties import kept_from

__all__ = [
    "DecisionLine",
    "awards_call_for",
    "awards_calls_for",
    "decision_of",
    "decisions_of",
    "envelope_gauges",
    "funding_request_for",
    "kept_from",
    "limits_of",
    "lock_envelope",
]
