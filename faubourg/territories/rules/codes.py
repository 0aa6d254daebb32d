"""What a QPV code looks like (GEO-1)."""

import re

DEPARTMENT = r"(0\d\d|02[AB]|9[78]\d)"
QPV_CODES = {
    2024: re.compile(rf"QN{DEPARTMENT}\d\d[A-Z]"),
    2015: re.compile(rf"QP{DEPARTMENT}\d\d\d"),
}


def is_qpv_code(code: str, vintage: int) -> bool:
    """QNXXXYYZ for the 2024 generation, QPXXXYYY for 2015 (domaine B1.9); Corsica has letters."""
    pattern = QPV_CODES.get(vintage)
    return bool(pattern and pattern.fullmatch(code))


def vintage_of(code: str) -> int | None:
    """The generation whose form this code has, or None."""
    return next((year for year, pattern in QPV_CODES.items() if pattern.fullmatch(code)), None)


def department_of(code: str) -> str:
    """The department a QPV code names, as the COG writes it: "30", "2A", "974"."""
    return code[2:5].removeprefix("0")


DECREES = {
    2024: "Décret n° 2023-1314 du 28 décembre 2023, modifié par le décret n° 2024-806 du 13 juillet 2024",
    2015: "Décrets n° 2014-1750 et n° 2014-1751 du 30 décembre 2014, modifiés par le décret n° 2015-1138",
}
"""The texts that give the list of each generation (formats 1.1)."""
