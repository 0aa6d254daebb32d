"""What the GIP asks to correct, answer by answer, and what comes back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from faubourg.appraisal.states import Flaw

AFTER_THE_DAY = (
    "Passé ce jour, vous pouvez encore répondre tant que le GIP n'a pas repris le dossier ; il peut le "
    "reprendre tel quel, et le déclarer irrecevable s'il y manque quelque chose."
)
"""What happens to a late answer, told in the letters and on both pages."""


@dataclass(frozen=True)
class Asked:
    """One answer to correct: its key in the form, what is wrong with it, in a word then in a sentence."""

    key: str
    flaw: str
    note: str = ""


def why(flaw: str, note: str) -> str:
    """What the applicant reads beside the field."""
    label = str(Flaw(flaw).label)
    return f"{label} : {note}" if note else f"{label}."


def correction_problems(asked: Iterable[Asked], known: Collection[str]) -> dict[str, list[str]]:
    """Each answer asked is one of the form's, and its applicant is told what is wrong with it."""
    found = {}
    for one in asked:
        if one.key not in known:
            found[f"flaw-{one.key}"] = ["Cette réponse n'est pas dans le formulaire de ce dossier."]
        elif one.flaw not in Flaw.values:
            found[f"flaw-{one.key}"] = ["Dites ce qui ne va pas : incorrect, incomplet ou périmé."]
        elif one.flaw != Flaw.OUTDATED and not one.note.strip():
            found[f"note-{one.key}"] = ["Dites en quelques mots ce qu'il faut corriger : le porteur le lira."]
    return found


def unanswered(labels: Collection[str], answer: str) -> str:
    """An answer left as it was must be explained; empty when all is well."""
    if not labels or answer.strip():
        return ""
    told = ", ".join(f"« {label} »" for label in labels)
    return f"Pas de changement à {told} : corrigez, ou dites pourquoi dans votre réponse."
