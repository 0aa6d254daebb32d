"""What is broken in a thread: plain counts in, plain words out."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """What one objective gathers."""

    words: int
    filed: int
    funded: int
    told: int


def breaks_of(counts: Counts) -> Iterator[str]:
    """Where the thread of an objective stops, in the order people follow it."""
    if not counts.words and (counts.filed or counts.funded):
        yield "des actions, sans parole d'habitant"
    if not counts.filed:
        yield "aucune action proposée"
    elif not counts.funded:
        yield "aucune action financée pour l'instant"
    if counts.funded and not counts.told:
        yield "rien n'a été rendu aux habitants"
