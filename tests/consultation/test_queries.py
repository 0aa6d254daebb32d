"""Which councils speak for a place."""

from faubourg.consultation.queries import active_councils
from tests.factories import CitizenCouncilFactory, NeighbourhoodFactory


def test_only_active_councils_of_the_contract_on_these_places_are_named(cast):
    elsewhere = NeighbourhoodFactory()
    CitizenCouncilFactory(contract=cast.contract, neighbourhood=elsewhere)
    CitizenCouncilFactory(contract=cast.contract, neighbourhood=cast.qpv, status="to_confirm")
    CitizenCouncilFactory(neighbourhood=cast.qpv)

    assert list(active_councils(cast.contract, [cast.qpv])) == [cast.council]


def test_no_place_has_no_council(cast):
    assert list(active_councils(cast.contract, [])) == []
