"""What a questionnaire does not ask: origins, beliefs, health… and who answers (CON-7, B8.2, B8.4)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from faubourg.questionnaires.rules.definition import Definition
from faubourg.toolkit.folding import fold

BLACK_LIST: dict[str, str] = {
    "l'origine ou la nationalité": r"origines?|nationalites?|ethni\w*|races?|racial\w*|couleur de peau|"
    r"pays de naissance",
    "la religion": r"religi\w*|croyan\w*|culte|musulman\w*|catholi\w*|juif|juive|protestant\w*|athee",
    "les opinions politiques ou syndicales": r"politiques?(?! de la ville)|syndi\w*|voter|votez|opinions?",
    "la santé": r"sante|malad\w*|handicap\w*|medic\w*|depressi\w*|vaccin\w*|addict\w*",
    "le casier judiciaire": r"casier|condamn\w*|judiciaire|prison|delit|infraction",
    "la vie et l'orientation sexuelles": r"orientation(?! (?:scolaire|professionnelle))|sexuel\w*|"
    r"sexualite|homosex\w*|transgenre",
    "l'identité de la personne": r"votre nom|nom de famille|nom et prenom|noms? et prenoms?|prenoms?|adresse|"
    r"telephone|portable|courriel|e-?mail|mail|date de naissance|numero de securite sociale",
}  # fmt: skip
_PATTERNS = {subject: re.compile(rf"\b(?:{words})\b") for subject, words in BLACK_LIST.items()}
_NAMES = {"nom", "noms", "name", "identite"}


@dataclass(frozen=True)
class Sensitive:
    """A question that touches what one does not ask."""

    question: str
    label: str
    subject: str

    @property
    def sentence(self) -> str:
        return (
            f"« {self.label} » touche {_to(self.subject)} : cette question ne se pose pas sans une "
            "dérogation motivée du délégué à la protection des données."
        )


def sensitive_questions(definition: Definition, allowed: Collection[str] = ()) -> Iterator[Sensitive]:
    """The questions refused, those whose very words were allowed aside."""
    for question in definition.questions():
        label = question.labels.get("fr", question.name)
        if not question.asks or fold(label).strip() in allowed:
            continue
        subject = _subject(question.name, [*question.labels.values(), *question.hints.values()])
        if subject:
            yield Sensitive(question.name, label, subject)


def _subject(name: str, texts: Collection[str]) -> str:
    if fold(name) in _NAMES:
        return "l'identité de la personne"
    for text in (name.replace("_", " "), *texts):
        folded = fold(text)
        for subject, pattern in _PATTERNS.items():
            if pattern.search(folded):
                return subject
    return ""


def _to(subject: str) -> str:
    if subject.startswith("les "):
        return f"aux {subject[4:]}"
    return f"au {subject[3:]}" if subject.startswith("le ") else f"à {subject}"
