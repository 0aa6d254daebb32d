"""What a QPV code looks like (GEO-1)."""

import re

QPV_CODES = {2024: re.compile(r"QN\d{3}\d{2}[A-Z]"), 2015: re.compile(r"QP\d{6}")}


def is_qpv_code(code: str, vintage: int) -> bool:
    """QNXXXYYZ for the 2024 generation, QPXXXYYY for 2015 (domaine B1.9)."""
    pattern = QPV_CODES.get(vintage)
    return bool(pattern and pattern.fullmatch(code))
