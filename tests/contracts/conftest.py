import pytest

from tests.factories import ContractFactory, TeamMemberFactory


@pytest.fixture
def contract(cast):
    return cast.contract


@pytest.fixture
def elsewhere(db):
    """The director of another contract."""
    return TeamMemberFactory(contract=ContractFactory(), role="gip_director").user
