import pytest

from tests.factories import BodyFactory, MeetingFactory


@pytest.fixture
def body(cast):
    return BodyFactory(contracts=[cast.contract], kind="steering", name="COPIL", minimum_per_year=2)


@pytest.fixture
def meeting(body):
    return MeetingFactory(body=body, title="COPIL de printemps")
