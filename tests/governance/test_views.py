from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faubourg.contracts.queries import standing
from faubourg.governance.models import Meeting
from faubourg.governance.queries import bodies_with_rhythm
from tests.conftest import NOW
from tests.factories import BodyFactory, ContractFactory, MeetingFactory, ParameterFactory


def test_the_list_of_bodies_shows_their_rhythm(client, body, officer):
    client.force_login(officer)
    page = client.get(reverse("governance:index")).content.decode()
    assert "COPIL" in page
    assert "sur 2" in page


def test_a_body_is_late_after_the_days_its_contract_gives(cast, body, officer):
    held, day = standing(officer, date(2027, 7, 30)), date(2027, 7, 30)
    assert not bodies_with_rhythm(held, day)[0].rhythm.is_late
    ParameterFactory(contract=cast.contract, code="instance.retard", value=30)
    assert bodies_with_rhythm(held, day)[0].rhythm.is_late


def test_a_body_of_another_contract_is_not_found(client, officer):
    foreign = BodyFactory(contracts=[ContractFactory()])
    client.force_login(officer)
    assert client.get(reverse("governance:body", args=[foreign.pk])).status_code == 404
    assert foreign.name not in client.get(reverse("governance:index")).content.decode()


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_lists_cost_the_same_with_one_and_three_rows(client, cast, body, meeting, officer, expert):
    client.force_login(officer)
    pages = [
        reverse("governance:index"),
        reverse("governance:body", args=[body.pk]),
        reverse("governance:meeting", args=[meeting.pk]),
    ]

    def grow(number):
        MeetingFactory(body=body)
        meeting.agenda.create(position=number, title="Point")
        meeting.attendances.create(full_name="Invité")
        meeting.decisions.create(
            contract=cast.contract, number=number, text="Oui", recorded_by=officer, recorded_at=NOW
        )
        body.members.create(label="Membre", position=number)
        MeetingFactory(body=BodyFactory(contracts=[cast.contract], kind="technical"))

    grow(1)
    one = [queries_of(client, page) for page in pages]
    grow(2)
    grow(3)
    assert [queries_of(client, page) for page in pages] == one
    assert max(one) <= 16


def test_planning_from_the_page_creates_the_meeting(client, body, officer):
    client.force_login(officer)
    sent = {"title": "COPIL", "starts_at": "2027-03-20T09:30", "place": "Mairie"}
    response = client.post(reverse("governance:plan", args=[body.pk]), sent)
    meeting = Meeting.objects.get()
    assert response.url == reverse("governance:meeting", args=[meeting.pk])
    assert (meeting.starts_at.isoformat(), meeting.place) == ("2027-03-20T08:30:00+00:00", "Mairie")


def test_a_wrong_date_keeps_what_was_typed(client, body, officer):
    client.force_login(officer)
    response = client.post(
        reverse("governance:plan", args=[body.pk]), {"title": "Mon COPIL", "starts_at": "demain"}
    )
    assert response.status_code == 200
    assert "Mon COPIL" in response.content.decode()
    assert not Meeting.objects.exists()


def test_who_may_not_plan_is_told_why(client, body, expert):
    client.force_login(expert)
    response = client.get(reverse("governance:plan", args=[body.pk]))
    assert response.status_code == 403
    assert "Seule l&#x27;équipe du GIP" in response.content.decode()


def test_a_meeting_runs_from_its_pages(client, cast, meeting, officer, expert):
    client.force_login(officer)

    def post(name, *more, **sent):
        response = client.post(reverse(f"governance:{name}", args=[meeting.pk, *more]), sent)
        assert response.status_code == 302, response.content.decode()

    post("add_item", title="Bilan", minutes=10)
    post("add_item", title="Perspectives", minutes=10)
    first, second = meeting.agenda.order_by("position")
    post("raise_item", second.pk)
    post("lower_item", second.pk)
    post("set_minutes", first.pk, minutes=15)
    post("remove_item", second.pk)
    post("record_attendance", present=[expert.pk])
    post("add_guest", full_name="Mme Roux", on_behalf_of="Bailleur")
    post("start", is_early="on")
    post("record_decision", contract=cast.contract.pk, text="Programmation validée")
    post("close")
    page = client.get(reverse("governance:meeting", args=[meeting.pk])).content.decode()
    assert "Élise Experte" in page
    assert "Mme Roux" in page
    assert "Programmation validée" in page
    assert "15 min" in page
    assert "Le relevé ne change plus" in page


@pytest.mark.parametrize("name", ["amend", "record_attendance", "add_guest", "add_item", "record_decision"])
def test_each_form_of_a_meeting_opens_empty_without_blame(client, meeting, officer, name):
    client.force_login(officer)
    page = client.get(reverse(f"governance:{name}", args=[meeting.pk]))
    assert page.status_code == 200
    assert "à corriger" not in page.content.decode()


@pytest.mark.parametrize("page", ["governance:meeting", "appraisal:meeting"])
def test_gov_2_a_meeting_opens_ahead_of_its_day_once_it_is_said_to(client, meeting, officer, page):
    if page.startswith("appraisal"):
        type(meeting.body).objects.update(kind="programming")
    Meeting.objects.update(starts_at=timezone.now() + timedelta(days=3))
    client.force_login(officer)
    box = "La séance a lieu avant le jour prévu"
    assert box in client.get(reverse(page, args=[meeting.pk])).content.decode()
    start = reverse("governance:start", args=[meeting.pk])
    refused = client.post(start).content.decode()
    assert "Cochez si la séance a bien lieu" in refused
    assert box in refused
    assert Meeting.objects.get().state == "planned"
    client.post(start, {"is_early": "on"})
    assert Meeting.objects.get().state == "open"


def test_gov_2_on_its_day_a_meeting_opens_at_once(client, meeting, officer):
    Meeting.objects.update(starts_at=timezone.now())
    client.force_login(officer)
    address = reverse("governance:meeting", args=[meeting.pk])
    assert "avant le jour prévu" not in client.get(address).content.decode()
    client.post(reverse("governance:start", args=[meeting.pk]))
    assert Meeting.objects.get().state == "open"


@pytest.mark.parametrize("name", ["amend", "record_attendance", "add_guest", "add_item", "start", "close"])
def test_who_only_reads_a_meeting_changes_nothing(client, meeting, expert, name):
    client.force_login(expert)
    assert client.post(reverse(f"governance:{name}", args=[meeting.pk]), {}).status_code == 403


def test_a_button_pressed_after_the_closing_says_why_on_the_page(client, meeting, officer):
    item = meeting.agenda.create(position=1, title="Bilan")
    Meeting.objects.update(state="closed", closed_at=NOW)
    client.force_login(officer)
    page = client.post(reverse("governance:remove_item", args=[meeting.pk, item.pk]), follow=True)
    assert "son relevé ne change plus" in page.content.decode()
    assert meeting.agenda.count() == 1


def test_a_meeting_without_a_councillor_says_so(client, meeting, officer, councillor):
    """CIT-2."""
    client.force_login(officer)
    address = reverse("governance:meeting", args=[meeting.pk])
    assert "Aucun conseiller citoyen" in client.get(address).content.decode()
    client.post(reverse("governance:record_attendance", args=[meeting.pk]), {"present": [councillor.pk]})
    assert "Aucun conseiller citoyen" not in client.get(address).content.decode()


def test_a_committee_of_dossiers_is_neither_closed_nor_cancelled_without_looking_at_them(
    client, cast, officer
):
    """PRG-6: only the appraisal closes it."""
    meeting = MeetingFactory(body=BodyFactory(contracts=[cast.contract], kind="programming"), state="open")
    client.force_login(officer)
    for name in ("close", "cancel"):
        assert client.post(reverse(f"governance:{name}", args=[meeting.pk])).status_code == 404
    assert client.get(reverse("governance:meeting", args=[meeting.pk])).url == reverse(
        "appraisal:meeting", args=[meeting.pk]
    )
