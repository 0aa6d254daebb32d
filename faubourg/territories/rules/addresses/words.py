"""The words of a street, whoever writes them: no accent, no capital, no abbreviation, no small word."""

import re

from faubourg.toolkit.folding import fold

TYPES = {
    "avenue": "av ave aven", "boulevard": "bd bld blvd boul bvd", "rue": "r", "chemin": "ch che chem",
    "impasse": "imp", "route": "rte rt", "place": "pl plc", "allee": "all alle allees", "square": "sq",
    "cours": "crs", "faubourg": "fbg fg", "quai": "", "quartier": "qua quart qrt", "residence": "res resid",
    "lotissement": "lot lotiss", "passage": "pass psg", "esplanade": "esp", "promenade": "prom",
    "montee": "mte", "traverse": "tra trav", "sentier": "sen sente", "ruelle": "rle", "venelle": "ven",
    "hameau": "ham", "cite": "", "clos": "", "villa": "", "voie": "", "rond point": "rpt",
    "lieu dit": "ld lieudit",
}  # fmt: skip
OTHERS = {
    "saint": "st", "sainte": "ste", "saints": "sts", "general": "gal gen", "marechal": "mal",
    "docteur": "dr", "commandant": "cdt", "colonel": "col", "capitaine": "cap cne", "president": "pdt pres",
    "professeur": "prof pr", "monseigneur": "mgr", "grand": "gd", "grande": "gde", "vieux": "vx",
    "ancien": "anc", "batiment": "bat bt",
}  # fmt: skip
WHOLE = {short: word for word, shorts in (TYPES | OTHERS).items() for short in shorts.split()}
SMALL = {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lez", "s", "sous",
         "sur"}  # fmt: skip
LONGEST = 300
"""Signs of an address that count."""


def words(text: str) -> str:
    """ "Av. du Gal de Gaulle" → "avenue general gaulle": what both sides of a comparison are reduced to."""
    bare = re.sub(r"[^a-z0-9]+", " ", fold(text[:LONGEST]))
    whole = (WHOLE.get(word, word) for word in bare.split() if word not in SMALL)
    return " ".join(whole) or " ".join(bare.split())


def split_type(street: str) -> tuple[str, str]:
    """ "avenue general gaulle" → "avenue", "general gaulle"; "" when it begins with no type of street."""
    parts = street.split(" ")
    for length in (2, 1):
        head = " ".join(parts[:length])
        if head in TYPES:
            return head, " ".join(parts[length:])
    return "", street
