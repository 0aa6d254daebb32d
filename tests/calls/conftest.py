"""A call in preparation, complete but for what a test takes away."""

from datetime import date

import pytest

from faubourg.calls.models import CouncilConsultation
from tests.factories import CallFactory, EnvelopeFactory


@pytest.fixture
def draft(cast):
    call = CallFactory(
        contract=cast.contract,
        objectives=[cast.objective],
        neighbourhoods=[cast.qpv],
        state="draft",
        title="Appel à projets 2027",
        guidelines="Soutenir les habitants.",
        opens_on=date(2026, 12, 1),
    )
    EnvelopeFactory(call=call, funder=cast.state, amount=None)
    return call


@pytest.fixture
def consulted(draft, cast, officer):
    return CouncilConsultation.objects.create(
        call=draft,
        council=cast.council,
        consulted_on=date(2026, 11, 20),
        means="Réunion",
        recorded_by=officer,
    )
