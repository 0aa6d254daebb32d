"""What is read off the note-taker's screen, as typed: the action sorts it, nothing is refused here."""

from dataclasses import dataclass

from django.http import QueryDict

from faubourg.toolkit.fields import read_key

WORDS = ("stance", "summary", "conditions", "other_funding", "remark_speaker", "remark_text")
LONGEST = 10_000
AMOUNT, REASON, AWAY = "mentioned-", "reason-", "away-"


@dataclass(frozen=True)
class TypedNotes:
    """A version, words, and amounts by envelope."""

    version: int
    words: dict[str, str]
    amounts: dict[int, str]


def typed_notes(sent: QueryDict) -> TypedNotes:
    amounts = {
        key: str(value)[:LONGEST]
        for name, value in sent.items()
        if name.startswith(AMOUNT) and (key := read_key(name.removeprefix(AMOUNT))) is not None
    }
    words = {name: str(sent[name])[:LONGEST] for name in WORDS if name in sent}
    return TypedNotes(read_key(sent.get("version")) or 0, words, amounts)


def typed_point(sent: QueryDict) -> tuple[int, dict[str, str]]:
    """(version, words) of a point without dossier: what is said, why one is left aside, who goes out."""
    words = {
        name: str(value)[:LONGEST]
        for name, value in sent.items()
        if name == "summary" or (name.startswith((REASON, AWAY)) and read_key(name.partition("-")[2]))
    }
    return read_key(sent.get("version")) or 0, words
