"""The register of the citizen councils: status, recognition, members, parity (CIT-1, B4.1)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.consultation import actions, queries
from faubourg.consultation.models import CouncilContact
from faubourg.consultation.rules import parity, vacant_seats
from faubourg.contracts.queries import standing
from faubourg.journal.models import Entry
from faubourg.portal.queries.todos import todos
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import CitizenCouncilFactory, CouncilMemberFactory, NeighbourhoodFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def stop(cast, officer, **changed):
    said = {"status": "stopped", "since_on": TODAY, "reason": "Plus de membres"} | changed
    actions.change_council_status(cast.council, actor=officer, now=NOW, **said)


def recognise(cast, officer, **changed):
    said = {"signed_on": TODAY, "number": "2026-12", "opinion_of": "Le maire", "opinion_on": TODAY}
    return actions.recognise_council(cast.council, actor=officer, now=NOW, **said | changed)


def seat(cast, officer, **changed):
    said = {"full_name": "Awa", "college": "residents", "gender": "woman", "from_on": TODAY}
    return actions.seat_member(cast.council, actor=officer, now=NOW, **said | changed)


@pytest.mark.parametrize(
    ("women", "men", "unsaid", "reached"),
    [(2, 2, 0, True), (3, 2, 0, True), (3, 1, 0, False), (3, 1, 1, None), (4, 1, 1, False), (0, 0, 0, None)],
)
def test_parity_is_computed_and_never_guessed_b4_1(women, men, unsaid, reached):
    found = parity(["woman"] * women + ["man"] * men + ["unsaid"] * unsaid)

    assert found.is_reached is reached
    assert found.sentence.endswith(f"{unsaid} non dit")


def test_a_vacant_seat_is_counted_once_somebody_said_how_many_there_are():
    assert [vacant_seats(*one) for one in ((None, 3), (4, 3), (3, 3), (2, 3))] == [None, 1, 0, 0]


def test_a_status_changes_with_its_date_its_reason_and_its_history_cit_1(cast, officer):
    stop(cast, officer)
    stop(cast, officer, status="active", reason="De nouveaux habitants")

    cast.council.refresh_from_db()
    assert cast.council.status == "active"
    assert [(one.before, one.status) for one in cast.council.status_changes.all()] == [
        ("stopped", "active"),
        ("active", "stopped"),
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"status": "active"}, "status"),
        ({"since_on": TODAY + DAY}, "since_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_status_is_refused_beside_its_field(cast, officer, changed, field):
    with pytest.raises(Refusal) as refusal:
        stop(cast, officer, **changed)
    assert set(refusal.value.errors) == {field}


def test_the_opinion_of_the_mayor_comes_before_the_recognition_b4_1(cast, officer):
    with pytest.raises(Refusal, match="avant la signature"):
        recognise(cast, officer, signed_on=TODAY - DAY)
    recognise(cast, officer)
    with pytest.raises(Refusal, match="déjà noté"):
        recognise(cast, officer)

    cast.council.refresh_from_db()
    assert cast.council.recognised_on == TODAY


def test_the_file_of_the_contract_does_not_undo_what_a_page_noted_cit_1(cast, officer):
    stop(cast, officer)
    recognise(cast, officer)
    row = {
        "name": cast.council.organisation.name, "place": "Alès", "neighbourhood": cast.qpv.code,
        "created_year": 2015, "recognised_on": None, "status": "to_confirm", "source_lines": "900",
    }  # fmt: skip

    actions.bring_councils(cast.contract, [row], [])

    cast.council.refresh_from_db()
    kept = (cast.council.status, cast.council.recognised_on, cast.council.place)
    assert kept == ("stopped", TODAY, "Alès")


def test_a_priority_neighbourhood_without_a_living_council_is_told_cit_1(cast, officer):
    new = NeighbourhoodFactory(name="Les Salles")
    cast.contract.neighbourhoods.add(new)
    assert list(queries.without_council(cast.contract)) == [new]

    CitizenCouncilFactory(contract=cast.contract, neighbourhood=new)
    assert list(queries.without_council(cast.contract)) == []

    stop(cast, officer)
    assert list(queries.without_council(cast.contract)) == [cast.qpv]


@pytest.mark.parametrize("role", ["councillor", "state_officer", "reader", "delegate", "editor"])
def test_only_the_gip_keeps_the_register(cast, request, role):
    actor = request.getfixturevalue(role)
    member = CouncilMemberFactory(council=cast.council)
    for act in (
        lambda: stop(cast, actor),
        lambda: recognise(cast, actor),
        lambda: seat(cast, actor),
        lambda: actions.set_contact(member, actor=actor, phone="06", email="", address="", now=NOW),
        lambda: actions.end_mandate(member, actor=actor, left_on=TODAY, left_reason="Départ", now=NOW),
    ):
        with pytest.raises(PermissionDenied, match="GIP"):
            act()


def test_a_mandate_runs_from_its_first_to_its_last_day_cit_1(cast):
    member = CouncilMemberFactory(council=cast.council, from_on=TODAY, to_on=TODAY + DAY)
    assert [member.sits(TODAY + n * DAY) for n in (-1, 0, 1, 2)] == [False, True, True, False]

    member.left_on = TODAY + DAY
    assert [member.sits(TODAY + n * DAY) for n in (0, 1)] == [True, False]


def test_a_mandate_ends_after_it_starts_and_once(cast, officer):
    with pytest.raises(Refusal, match="après avoir commencé"):
        seat(cast, officer, to_on=TODAY)
    with pytest.raises(Refusal, match="aura commencé"):
        seat(cast, officer, from_on=TODAY + DAY)
    member = seat(cast, officer)
    assert seat(cast, officer) == member
    end = {"actor": officer, "left_on": TODAY, "left_reason": "Déménagement", "now": NOW}
    actions.end_mandate(member, **end)
    with pytest.raises(Refusal, match="déjà terminé"):
        actions.end_mandate(member, **end)


def test_presence_counts_the_sessions_held_during_the_mandate_cit_1(cast, officer):
    early = CouncilMemberFactory(council=cast.council)
    late = CouncilMemberFactory(council=cast.council, from_on=TODAY)
    for held_on, present in ((TODAY - DAY, [early]), (TODAY, [early, late])):
        actions.note_session(
            cast.council, actor=officer, held_on=held_on, subject="Bilan", present=present, now=NOW
        )
    with pytest.raises(Refusal, match="Hors mandat"):
        actions.note_session(
            cast.council, actor=officer, held_on=TODAY - DAY, subject="Autre", present=[late], now=NOW
        )

    residents = queries.colleges_of(cast.council, TODAY)[0]
    assert dict(residents.members) == {early: "2 sur 2", late: "1 sur 1"}


def test_how_to_reach_a_member_stays_out_of_the_page_and_of_the_journal_cit_1(client, cast, officer):
    member = seat(cast, officer)
    actions.set_contact(member, actor=officer, phone="0612345678", email="", address="", now=NOW)
    client.force_login(officer)

    page = client.get(reverse("consultation:council", args=[cast.council.pk])).content.decode()
    form = client.get(reverse("consultation:set_contact", args=[member.pk])).content.decode()

    assert "0612345678" not in page
    assert "0612345678" in form
    assert "0612345678" not in str(list(Entry.objects.values_list("changes", flat=True)))
    actions.set_contact(member, actor=officer, phone=" ", email="", address="", now=NOW)
    assert not CouncilContact.objects.exists()


def test_an_applicant_reads_counts_and_no_name(client, cast, editor, reader):
    CouncilMemberFactory(council=cast.council, full_name="Zohra Habitante", gender="woman")
    address = reverse("consultation:council", args=[cast.council.pk])

    client.force_login(editor)
    outside = client.get(address).content.decode()
    client.force_login(reader)
    inside = client.get(address).content.decode()

    assert "1 femme, 0 homme" in outside
    assert "Zohra" not in outside
    assert "Zohra" in inside
    assert "<td>Femme</td>" not in inside


def test_mandates_about_to_end_wait_in_the_home_of_the_gip_cit_1(cast, officer):
    for days in (-1, 90, 91):
        CouncilMemberFactory(council=cast.council, to_on=TODAY + days * DAY)

    found = [one for one in todos(standing(officer, TODAY), TODAY, [], {}) if "mandat" in one.label]

    assert [(one.label, one.url) for one in found] == [
        (
            "Conseils citoyens : 2 mandats se terminent",
            reverse("consultation:councils", args=[cast.contract.slug]),
        )
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_many_they_list(
    client, cast, officer, django_assert_max_num_queries, count
):
    for number in range(count):
        council = CitizenCouncilFactory(contract=cast.contract, neighbourhood=NeighbourhoodFactory())
        CouncilMemberFactory(council=council)
        CouncilMemberFactory(council=cast.council)
        actions.note_session(
            cast.council, actor=officer, held_on=TODAY, subject=f"Réunion {number}", present=[], now=NOW
        )
    client.force_login(officer)
    with django_assert_max_num_queries(9):
        assert client.get(reverse("consultation:councils", args=[cast.contract.slug])).status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(reverse("consultation:council", args=[cast.council.pk])).status_code == 200


def test_a_refused_member_keeps_what_was_typed(client, cast, officer):
    client.force_login(officer)
    page = client.post(
        reverse("consultation:seat_member", args=[cast.council.pk]), {"full_name": "Awa Habitante"}
    ).content.decode()

    assert "Awa Habitante" in page
    assert "Ce champ est obligatoire." in page
