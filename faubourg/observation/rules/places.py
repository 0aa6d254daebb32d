"""What a code of a public file names: a QPV of one generation, a commune, an EPCI, a département… (COG)."""

import re
from dataclasses import dataclass

QPV_2024 = re.compile(r"QN(?:0\d\d|02[AB]|9[78]\d)\d\d[A-Z]")
QPV_2015 = re.compile(r"QP(?:0\d\d|02[AB]|9[78]\d)\d\d\d")
COMMUNE = re.compile(r"\d[\dAB]\d{3}")
SIREN = re.compile(r"\d{9}")
DEPARTMENT = re.compile(r"(?:0[1-9]|[1-8]\d|2[AB]|9[0-5]|97[1-6])")
COUNTRIES = {"FR", "FE", "FM", "FRANCE"}


@dataclass(frozen=True)
class Place:
    """A scale (states.Scale), an official code, and the generation of the outlines for a QPV."""

    scale: str
    code: str
    generation: str = ""


def read_place(text: str) -> Place | None:
    """QN03014M, QP030014, 30227 (or 1053, Excel having eaten the zero), 200035129, FR; None otherwise.

    A department is written « DEP30 » or « D30 », a region « REG76 » or « R76 »: two digits alone name none.
    """
    code = text.strip().strip("=").strip('"').upper()
    if QPV_2024.fullmatch(code):
        return Place("neighbourhood", code, "2024")
    if QPV_2015.fullmatch(code):
        return Place("neighbourhood", code, "2015")
    if SIREN.fullmatch(code):
        return Place("epci", code)
    if re.fullmatch(r"\d{4}", code):
        return Place("commune", f"0{code}")
    if COMMUNE.fullmatch(code):
        return Place("commune", code)
    if code in COUNTRIES:
        return Place("country", "FR")
    wider = re.fullmatch(r"(?:DEP|D)-?(\w{2,3})", code)
    if wider and DEPARTMENT.fullmatch(wider[1]):
        return Place("department", wider[1])
    wider = re.fullmatch(r"(?:REG|R)-?(\d\d)", code)
    return Place("region", wider[1]) if wider else None
