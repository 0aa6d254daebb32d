"""What a QPV code looks like (GEO-1, C4 test 2)."""

import pytest

from faubourg.territories.rules import is_qpv_code


@pytest.mark.parametrize("code", ["QN03014M", "QN02A01M", "QN97101M", "QN98701N", "QN97601C"])
def test_the_codes_of_2024_are_recognised(code):
    assert is_qpv_code(code, 2024)


@pytest.mark.parametrize("code", ["QP030014", "QP02A001", "QP971001"])
def test_the_codes_of_2015_are_recognised(code):
    assert is_qpv_code(code, 2015)


@pytest.mark.parametrize(
    ("code", "vintage"),
    [
        ("XN03014M", 2024),
        ("QN03014", 2024),
        ("QN030140M", 2024),
        ("qn03014m", 2024),
        ("QN03014M ", 2024),
        ("QN30014M", 2024),
        ("QP030014", 2024),
        ("QN03014M", 2015),
        ("QN03014M", 2030),
        ("", 2024),
    ],
)
def test_another_code_or_the_code_of_another_generation_is_not(code, vintage):
    assert not is_qpv_code(code, vintage)
