"""What can be done about money: decide, validate, write to applicants, look after the outbox."""

from faubourg.awards.actions.decisions import decide
from faubourg.awards.actions.notices import prepare_notices, release_notices
from faubourg.awards.actions.validation import validate

__all__ = ["decide", "prepare_notices", "release_notices", "validate"]
