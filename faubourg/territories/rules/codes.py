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
