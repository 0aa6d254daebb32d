"""The waiting list: an order, served from the top, that decides nothing (PRG-9)."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.awards.actions import decide, move_up_waiting_list, put_on_waiting_list, take_off_waiting_list
from faubourg.awards.models import WaitingRequest
from faubourg.awards.rules import serve
from faubourg.toolkit.refusal import Refusal
from tests.awards.conftest import NOW, asked_of, grant
from tests.awards.test_programme import words


@pytest.mark.parametrize(
    ("free", "given"),
    [
        ("0", ["0", "0"]),
        ("-50", ["0", "0"]),
        ("2999.99", ["2999.99", "0"]),
        ("3000", ["3000", "0"]),
        ("3000.01", ["3000", "0.01"]),
        ("9000", ["3000", "2000"]),
    ],
)
def test_the_first_has_all_it_waits_for_before_the_second_has_a_cent(free, given):
    served = serve(Decimal(free), [Decimal(3000), Decimal(2000)])
    assert [one.given for one in served] == [Decimal(one) for one in given]


@pytest.fixture
def waiting(cast, dossier, officer):
    """Three dossiers that wait for the State, in their order."""
    requests = [asked_of(dossier(county=None), cast.state_envelope) for _ in range(3)]
    for request in requests:
        put_on_waiting_list(request, actor=officer, amount=Decimal(3000), now=NOW)
    return requests


def order():
    return [one.funding_request.application.number for one in WaitingRequest.objects.all()]


@pytest.mark.django_db
class TestTheList:
    def test_goes_up_and_down_and_keeps_no_hole(self, waiting, officer):
        first, _, third = waiting
        move_up_waiting_list(third, actor=officer, now=NOW)
        assert order() == ["2027-001", "2027-003", "2027-002"]
        move_up_waiting_list(first, actor=officer, now=NOW)
        take_off_waiting_list(third, actor=officer, now=NOW)
        assert order() == ["2027-001", "2027-002"]
        assert [one.rank for one in WaitingRequest.objects.all()] == [1, 2]

    def test_put_again_a_dossier_keeps_its_place_and_changes_its_amount(self, waiting, officer):
        put_on_waiting_list(waiting[0], actor=officer, amount=Decimal(5000), now=NOW)
        assert [one.amount for one in WaitingRequest.objects.all()] == [5000, 3000, 3000]

    @pytest.mark.parametrize("amount", [None, Decimal(0), Decimal("5000.01")])
    def test_one_waits_for_something_and_never_for_more_than_asked(self, waiting, officer, amount):
        with pytest.raises(Refusal):
            put_on_waiting_list(waiting[0], actor=officer, amount=amount, now=NOW)

    def test_whoever_is_granted_waits_no_longer(self, waiting, state_decider):
        decide(waiting[0], actor=state_decider, ruling=grant(3000), version=0, now=NOW)
        assert [(one.rank, one.funding_request) for one in WaitingRequest.objects.all()] == [
            (1, waiting[1]), (2, waiting[2]),
        ]  # fmt: skip

    def test_is_kept_by_the_gip_and_by_the_decider_of_that_funder(
        self, waiting, state_decider, county_decider, state_officer, finance
    ):
        move_up_waiting_list(waiting[1], actor=state_decider, now=NOW)
        for person in (county_decider, state_officer, finance):
            with pytest.raises(PermissionDenied, match="tenue par"):
                move_up_waiting_list(waiting[2], actor=person, now=NOW)

    def test_says_who_would_be_served_if_some_money_were_freed(self, client, cast, waiting, officer):
        cast.state_envelope.amount = 0
        cast.state_envelope.save()
        client.force_login(officer)
        url = reverse("awards:waiting_list", args=[cast.call.pk])
        assert words(client.get(url)).count("pas servi") == 3
        page = words(client.get(url, {"libere": "4 000"}))
        assert "en supposant 4 000 € libérés" in page
        assert page.count("servi en entier") == 2  # and the sentence at the top
        assert "servi en partie : 1 000 €" in page
        assert "pas un montant" in words(client.get(url, {"libere": "beaucoup"}))

    def test_is_seen_in_the_table(self, client, cast, waiting, officer):
        client.force_login(officer)
        assert "liste compl. n° 2" in words(client.get(reverse("awards:programme", args=[cast.call.pk])))

    def test_is_arranged_from_its_page(self, client, cast, waiting, officer):
        client.force_login(officer)
        keys = [waiting[2].application_id, waiting[2].pk]
        client.post(reverse("awards:move_up_waiting_list", args=keys))
        client.post(reverse("awards:put_on_waiting_list", args=keys), {"amount": "1 200,50"})
        assert [one.amount for one in WaitingRequest.objects.all()] == [3000, Decimal("1200.50"), 3000]
        client.post(reverse("awards:take_off_waiting_list", args=keys))
        assert order() == ["2027-001", "2027-002"]
