"""Pages made of rows cost the same at 1 and at 3, and never more than twelve questions (performance.md)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.awards.models import WaitingRequest
from faubourg.journal.actions import write
from tests.factories import ApplicationFactory, BodyFactory, MeetingFactory, complete_application
from tests.portal.world import NOW

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture
def fill(cast, officer):
    """One more of everything that these pages show."""
    cast.call.state = "open"
    cast.call.save()
    MeetingFactory(body=BodyFactory(kind="steering", contracts=[cast.contract]), state="open")
    told = complete_application(
        applicant=cast.applicant, call=cast.call, state="reviewed", number="2027-000", submitted_at=NOW
    )

    def one_more(rank):
        decided = complete_application(
            applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope, state="decided",
            number=f"2027-{rank:03d}", submitted_at=NOW,
        )  # fmt: skip
        WaitingRequest.objects.create(funding_request=decided.funding_requests.get(), amount=100, rank=rank)
        ApplicationFactory(call=cast.call, title=f"Brouillon {rank}")
        write(officer, "appraisal.take_charge", told, contract_id=cast.contract.pk, changes={"rang": rank})
        body = BodyFactory(contracts=[cast.contract])
        cast.call.gauges.create(body=body, most_applications=rank)

    return one_more, told


@pytest.mark.parametrize(
    "page",
    ["awards:validate", "awards:waiting_list", "portal:envelopes", "portal:journal", "applications:drafts"],
)
def test_a_page_costs_the_same_however_many_rows(client, cast, officer, fill, page):
    one_more, told = fill
    client.force_login(officer)
    address = reverse(page, args=[told.pk if page == "portal:journal" else cast.call.pk])
    costs = []
    for ranks in ((1,), (2, 3)):
        for rank in ranks:
            one_more(rank)
        client.get(address)  # what is kept from one request to the next is not the page's
        with CaptureQueriesContext(connection) as context:
            assert client.get(address).status_code == 200
        costs.append(len(context))

    assert costs[0] == costs[1]
    assert costs[1] <= MOST, "\n".join(query["sql"][:150] for query in context)
