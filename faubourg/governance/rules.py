"""How often a body must meet (GOV-1), what a record says and to whom, on plain values."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True)
class Rhythm:
    """What a body has held this year against what it owes."""

    held: int
    minimum: int | None
    owed: int

    @property
    def is_late(self) -> bool:
        return self.held < self.owed

    @property
    def sentence(self) -> str:
        if self.minimum is None:
            return "Aucun rythme n'est fixé."
        if not self.is_late:
            return f"{self.held} sur {self.minimum} au moins cette année."
        return f"{self.held} sur {self.minimum} cette année : il devrait y en avoir eu {self.owed} à ce jour."


def rhythm(*, held: int, minimum: int | None, today: date, grace: int | None) -> Rhythm:
    """The year is cut in as many equal periods as meetings are owed, each with days of grace (GOV-1).

    31 December suffers none; where the contract gives no `grace`, it is the only day that tells.
    """
    if not minimum:
        return Rhythm(held=held, minimum=minimum or None, owed=0)
    last = date(today.year, 12, 31)
    ends = _period_ends(minimum, today.year)
    owed = sum(today >= (last if grace is None else min(end + timedelta(days=grace), last)) for end in ends)
    return Rhythm(held=held, minimum=minimum, owed=owed)


def _period_ends(count: int, year: int) -> list[date]:
    ends = []
    for number in range(1, count + 1):
        month = max(1, round(12 * number / count))
        ends.append(date(year, month, monthrange(year, month)[1]))
    return ends


@dataclass(frozen=True)
class College:
    """Those a body waits for under one heading: organisations expected, present, and how many it takes."""

    label: str
    expected: tuple[str, ...]
    present: tuple[str, ...]
    needed: int | None = None
    has_quorum: bool = True
    came: tuple[str, ...] = ()
    """Those present at some moment, gone or not."""

    @property
    def is_lost(self) -> bool:
        """It was reached, then somebody left."""
        return self.is_reached is False and self.needed is not None and len(self.came) >= self.needed

    @property
    def absent(self) -> list[str]:
        return [name for name in self.expected if name not in self.present]

    @property
    def is_reached(self) -> bool | None:
        """None while nobody has said how many it takes."""
        return None if self.needed is None else len(self.present) >= self.needed

    @property
    def sentence(self) -> str:
        here = f"{self.label} : {len(self.present)} sur {len(self.expected)} attendus"
        if not self.has_quorum:
            return f"{here}."
        if self.needed is None:
            return f"{here} ; quorum à confirmer."
        gone = ", ".join(name for name in self.came if name not in self.present)
        if self.is_lost:
            return f"{here} ; il en faut {self.needed} : quorum perdu depuis le départ de {gone}."
        reached = "atteint" if self.is_reached else "pas atteint"
        return f"{here} ; il en faut {self.needed} : quorum {reached}."


@dataclass(frozen=True)
class Votes:
    """How a decision was come to; without a vote, no number is kept."""

    manner: str = ""
    in_favour: int | None = None
    against: int | None = None
    abstentions: int | None = None

    def problems(self, voices: int) -> list[str]:
        """`voices`: how many people are noted present; 0 says nothing yet."""
        known = [one for one in (self.in_favour, self.against, self.abstentions) if one is not None]
        if self.manner != "vote":
            return ["Les voix se comptent quand la décision est prise « par un vote »."] if known else []
        if len(known) < 3:
            return ["Écrivez les trois nombres : pour, contre, abstentions (0 compte)."]
        if voices and sum(known) > voices:
            return [f"Il y a {sum(known)} voix pour {voices} personnes notées présentes : vérifiez."]
        return []


TEMPLATE = (
    ("Title", "{{ titre }}"),
    ("Subtitle", "Relevé n° {{ numero }} · {{ instance }} · {{ date }}{% if lieu %} · {{ lieu }}{% endif %}"),
    ("Normal", "{%p for alerte in alertes %}"),
    ("Intense Quote", "{{ alerte }}"),
    ("Normal", "{%p endfor %}"),
    ("Heading 1", "Présents"),
    ("Normal", "{%p for personne in presents %}"),
    ("List Bullet", "{{ personne.nom }}{% if personne.au_titre_de %}, {{ personne.au_titre_de }}{% endif %}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p for phrase in quorum %}"),
    ("Normal", "{{ phrase }}"),
    ("Normal", "{%p endfor %}"),
    ("Heading 1", "Points examinés"),
    ("Normal", "{%p for point in points %}"),
    ("Heading 2", "{{ point.rang }}. {{ point.titre }}"),
    ("Normal", "{{ point.porteur }}{% if point.issue %} : {{ point.issue }}{% endif %}"),
    ("Normal", "{{ point.synthese }}"),
    ("Normal", "{%p if point.conditions %}"),
    ("Normal", "Conditions : {{ point.conditions }}"),
    ("Normal", "{%p endif %}"),
    ("Normal", "{%p for montant in point.evoques %}"),
    ("List Bullet", "Évoqué, {{ montant.financeur }} : {{ montant.montant }} (ce n'est pas une décision)"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p for remarque in point.remarques %}"),
    (
        "List Bullet",
        "{{ remarque.qui }}{% if remarque.au_titre_de %} ({{ remarque.au_titre_de }}){% endif %} : "
        "{{ remarque.texte }}",
    ),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p for sortie in point.deports %}"),
    ("List Bullet", "Déport : {{ sortie }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p endfor %}"),
    ("Heading 1", "Décisions"),
    ("Normal", "{%p for decision in decisions %}"),
    (
        "List Bullet",
        "N° {{ decision.numero }}, {{ decision.contrat }} : {{ decision.texte }}"
        "{% if decision.responsable %} À faire par {{ decision.responsable }}, "
        "échéance : {{ decision.echeance }}.{% endif %}",
    ),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p if suites %}"),
    ("Heading 1", "Décisions précédentes encore ouvertes"),
    ("Normal", "{%p endif %}"),
    ("Normal", "{%p for suite in suites %}"),
    (
        "List Bullet",
        "{{ suite.seance }}, n° {{ suite.numero }} : {{ suite.texte }} {{ suite.responsable }}, "
        "échéance : {{ suite.echeance }}. {{ suite.etat }}.",
    ),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p for financeur in financeurs %}"),
    ("List Bullet", "Transmis à {{ financeur.nom }} : {{ financeur.referent }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{{ mention }}"),
)
"""The first Word template of a record: (style, text) for each paragraph. Teams make theirs from it."""

CONSULTATIVE = "Les avis sont consultatifs : chaque financeur décide pour lui-même."
NO_COUNCIL = (
    "Aucun conseiller citoyen n'est noté présent à cette séance : les conseils sont membres de toutes les "
    "instances (contrat, l. 902 ; CIT-2)."
)


def not_invited(names: Collection[str]) -> list[str]:
    """What a record says of the councils left out of a meeting (CIT-2)."""
    if not names:
        return []
    said = ", ".join(names)
    return [f"Pas d'invitation notée : {said}. Les conseils sont associés à toutes les instances (l. 902)."]


SAMPLE: Mapping[str, Any] = {
    "titre": "CTP Santé", "numero": "2027-01", "instance": "CTP 2", "date": "2 mars 2027 à 9 h 30",
    "lieu": "Mairie", "presidence": "GIP", "close_le": "2 mars 2027 à 12 h", "mention": CONSULTATIVE,
    "alertes": [NO_COUNCIL], "presents": [{"nom": "Awa", "au_titre_de": "État"}],
    "absents": [{"nom": "Bob", "au_titre_de": ""}],
    "quorum": ["Financeurs : 3 sur 4 attendus ; il en faut 2 : quorum atteint."],
    "financeurs": [{"nom": "État", "referent": "Awa"}],
    "points": [
        {
            "rang": 1, "titre": "2027-001 Jardins", "porteur": "Les Mains vertes", "issue": "Favorable",
            "synthese": "Utile.", "conditions": "Aucune", "cofinancements": "CAF", "minutes": 8,
            "demandes": [{"financeur": "État", "montant": "5 000 €"}],
            "evoques": [{"financeur": "État", "montant": "4 500 €"}],
            "remarques": [{"qui": "Awa", "au_titre_de": "État", "texte": "Oui."}], "deports": ["Jean Roux"],
        }
    ],
    "decisions": [
        {
            "numero": 1, "contrat": "Contrat", "texte": "Adopté.", "responsable": "GIP",
            "echeance": "1er mai 2027",
        }
    ],
    "suites": [
        {
            "seance": "COPIL", "numero": 1, "texte": "Écrire aux bailleurs.", "responsable": "GIP",
            "echeance": "1er mars 2027", "etat": "En cours",
        }
    ],
}  # fmt: skip
"""What a template may name, each list with one thing in it."""

LATER_WORDS = ("quorum", "financeurs", "suites")
"""What records frozen before it was kept do not say."""
LATER_WORDS_OF_A_DECISION = ("responsable", "echeance")
NO_OFFICER = "référent à désigner"

UNREAD = {
    "porteur": "", "issue": "déport : vous ne lisez pas ce point", "synthese": "", "conditions": "",
    "cofinancements": "", "demandes": [], "evoques": [], "remarques": [], "deports": [],
}  # fmt: skip


def readable(words: Mapping[str, Any], *, ties: Collection[int], user_id: int) -> dict[str, Any]:
    """The record as this person may read it: without what concerns those they are tied to (PRG-7)."""
    points = [
        {**point, **UNREAD}
        if point.get("applicant_id") in ties or user_id in point.get("out_ids", ())
        else dict(point)
        for point in words["points"]
    ]
    return {**words, "points": points}
