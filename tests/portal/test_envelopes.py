"""The envelopes of a campaign: a page of its own, whose table home shows."""

from decimal import Decimal

import pytest
from django.urls import reverse

from faubourg.appraisal.models import TabledApplication
from tests.factories import BodyFactory, FundingRequestFactory, MeetingFactory, complete_application
from tests.portal.world import NOW

pytestmark = pytest.mark.django_db


def address(cast):
    return reverse("portal:envelopes", args=[cast.call.pk])


def file(cast, state, amount):
    application = complete_application(
        applicant=cast.applicant, call=cast.call, state=state, number=state[:12], submitted_at=NOW
    )
    application.funding_requests.all().delete()
    FundingRequestFactory(application=application, envelope=cast.state_envelope, requested_amount=amount)


def test_home_leads_to_the_envelopes_of_each_campaign_and_says_no_euro_itself(client, cast, officer):
    cast.call.state = "open"
    cast.call.save()
    file(cast, "submitted", Decimal("700.50"))
    client.force_login(officer)

    page = client.get(reverse("portal:home")).content.decode()

    assert page.count(f'hx-get="{address(cast)}"') == page.count(f'<a href="{address(cast)}">') == 1
    assert "htmx.min" in page
    assert "700,50" not in page


def test_what_is_asked_leaves_out_the_dossiers_that_are_no_longer_alive(client, cast, officer):
    for state, amount in (("submitted", 500), ("reviewed", 200), ("withdrawn", 11), ("inadmissible", 13)):
        file(cast, state, amount)
    cast.call.state = "open"
    cast.call.save()
    client.force_login(officer)

    rows = client.get(address(cast)).content.decode().split("<tbody>")[1].split("</tr>")

    assert '<td class="num">700\u00a0€</td>' in rows[0]
    assert '<td class="num">0\u00a0€</td>' in rows[1]


def test_who_has_no_seat_on_the_contract_sees_no_envelope(client, cast, editor, stranger):
    cast.call.state = "open"
    cast.call.save()
    for person in (editor, stranger):
        client.force_login(person)
        assert client.get(address(cast)).status_code == 404


def test_each_committee_is_shown_as_full_as_it_is(client, cast, officer):
    """PRG-1: two dossiers on the agenda of a committee that can look at one; a carried over one has left."""
    body = BodyFactory(name="CTP Santé", contracts=[cast.contract])
    cast.call.gauges.create(body=body, most_applications=1)
    meeting = MeetingFactory(body=body)
    client.force_login(officer)
    for number, carried_over, told in (
        (1, True, "CTP Santé : 0 dossier sur 1"),
        (2, False, "CTP Santé : 1 dossier sur 1"),
        (3, False, "CTP Santé : 2 dossiers sur 1"),
    ):
        application = complete_application(
            applicant=cast.applicant,
            call=cast.call,
            state="tabled",
            number=f"2027-{number}",
            submitted_at=NOW,
        )
        item = meeting.agenda.create(position=number, title=str(application))
        TabledApplication.objects.create(item=item, application=application, carried_over=carried_over)
        page = client.get(address(cast)).content.decode()
        assert told in page
        assert ("au-delà de sa jauge" in page) == (number == 3)
