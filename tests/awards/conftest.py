"""Dossiers as far as a test needs them, made of rows."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faubourg.applications.models import FundingRequest
from faubourg.awards.rules import Ruling
from tests.factories import BodyFactory, FundingRequestFactory, MeetingFactory, complete_application
from tests.messaging.conftest import committed, mailbox  # noqa: F401  (letters leave through a real server)

NOW = datetime(2027, 4, 12, 9, 30, tzinfo=UTC)
TODAY = date(2027, 4, 12)


def grant(amount, **fields):
    words = {
        "act_kind": "award_order", "act_number": "2027-12", "decided_on": date(2027, 4, 1),
        "covers_from": date(2027, 1, 1), "covers_until": date(2027, 12, 31),
    }  # fmt: skip
    return Ruling(outcome="granted", awarded_amount=Decimal(amount), **(words | fields))


def reject(reason="Hors de nos priorités"):
    return Ruling(outcome="rejected", decided_on=date(2027, 4, 1), reason=reason)


def defer():
    return Ruling(outcome="deferred", decided_on=date(2027, 4, 1))


@pytest.fixture
def dossier(cast):
    """A dossier on which a committee has spoken: 5 000 € asked from the State, 3 000 € from the county."""

    def make(*, state="reviewed", asked=5_000, county=3_000, number=None, **fields):
        make.count += 1
        fields.setdefault("applicant", cast.applicant)
        application = complete_application(
            call=cast.call, envelope=cast.state_envelope, state=state,
            number=number or f"2027-{make.count:03d}",
            submitted_at=datetime(2026, 12, 1, 10, tzinfo=UTC), **fields,
        )  # fmt: skip
        request = application.funding_requests.get()
        request.requested_amount = asked
        request.save()
        if county:
            FundingRequestFactory(
                application=application, envelope=cast.county_envelope, requested_amount=Decimal(county)
            )
            application.budget_lines.create(
                side="expense", account="62", label="Honoraires", amount=Decimal(county)
            )
        return application

    make.count = 0
    return make


def asked_of(application, envelope):
    """The request, freshly read as a view would."""
    request = FundingRequest.objects.select_related("envelope__funder").get(
        application=application, envelope=envelope
    )
    request.application = application
    return request


@pytest.fixture
def cost_of(client):
    """How many queries a page makes."""

    def count(url):
        client.get(url)  # what is kept from one request to the next is not the page's
        with CaptureQueriesContext(connection) as context:
            assert client.get(url).status_code == 200
        return len(context)

    return count


@pytest.fixture
def copil(cast):
    body = BodyFactory(kind="steering", name="COPIL", contracts=[cast.contract])
    return MeetingFactory(body=body, title="COPIL d'avril", state="open")
