import pytest
from django.utils import timezone


@pytest.fixture
def clock(monkeypatch):
    """The pages read the time there: `clock(moment)` stops it."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)
