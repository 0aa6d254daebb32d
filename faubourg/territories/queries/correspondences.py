"""Which neighbourhoods of 2015 one of 2024 comes from: by the official table, never by number (GEO-1)."""

from faubourg.territories.models import Correspondence


def former_codes(code: str) -> frozenset[str]:
    """Codes of 2015, such as {"QP030014"}; none while the official table is not imported."""
    rows = Correspondence.objects.filter(code_2024=code).exclude(code_2015="")
    return frozenset(rows.order_by().values_list("code_2015", flat=True))
