"""Numbers that know their own key."""

import pytest
from django.core.exceptions import ValidationError

from faubourg.toolkit.fields import clean_siret


@pytest.mark.parametrize("typed", ["35600000000048", "356 000 000 49837", "356.000.000.09075"])
def test_the_establishments_of_la_poste_have_a_key_of_their_own(typed):
    """C4 test 13: the digits of a post office add up to a multiple of five, whatever Luhn says."""
    assert clean_siret(typed).startswith("356000000")


@pytest.mark.parametrize("typed", ["35600000049838", "35600000009076", "12345678900013"])
def test_a_key_that_is_wrong_is_refused_even_for_la_poste(typed):
    with pytest.raises(ValidationError, match="clé"):
        clean_siret(typed)
