"""The thread, read whole or by one end."""

from faubourg.thread.queries.pages import (
    action_followed,
    broken_in,
    feedback_for,
    feedback_of,
    frozen_rows,
    open_places,
    public_action,
    public_page,
    public_place,
    public_words,
    snapshot_for,
    snapshots_of,
    words_followed,
)
from faubourg.thread.queries.readers import everyone, seated
from faubourg.thread.queries.strands import Act, Strand, strands_of

__all__ = [
    "Act",
    "Strand",
    "action_followed",
    "broken_in",
    "everyone",
    "feedback_for",
    "feedback_of",
    "frozen_rows",
    "open_places",
    "public_action",
    "public_page",
    "public_place",
    "public_words",
    "seated",
    "snapshot_for",
    "snapshots_of",
    "strands_of",
    "words_followed",
]
