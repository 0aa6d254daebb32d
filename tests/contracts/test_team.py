"""The team of a contract: who gives seats, until when, and the second factor it may ask for (GOV-4, B8.9)."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.accounts.queries import held_roles, office
from faubourg.contracts.actions.team import end_seat, give_seat, require_second_factor
from faubourg.contracts.middleware import SecondFactorMiddleware
from faubourg.contracts.models import Contract, TeamMember
from faubourg.contracts.permissions import team as may
from faubourg.contracts.queries import standing
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.directory.test_permissions import ROLES
from tests.factories import ContractFactory, TeamMemberFactory

TABLE = {
    "see_team": {
        "director", "officer", "finance", "delegate", "state_officer", "state_decider", "expert",
        "councillor", "reader", "technical_admin",
    },
    "give_seat": {"director", "technical_admin"},
    "end_seat": {"director", "technical_admin"},
    "require_second_factor": {"director", "technical_admin"},
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_exactly_what_the_table_says(role, request, cast):
    held = standing(request.getfixturevalue(role), TODAY)

    allowed = {verb for verb in TABLE if getattr(may, f"can_{verb}")(held, cast.contract.pk)}

    assert allowed == {verb for verb, roles in TABLE.items() if role in roles}


def test_a_director_has_no_say_on_another_contract(cast, director):
    held = standing(director, TODAY)

    assert not any(getattr(may, f"can_{verb}")(held, ContractFactory().pk) for verb in TABLE)


PAGES = {"team": "see_team", "give_seat": "give_seat"}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_for_whom_the_table_says(page, role, request, client, cast):
    client.force_login(request.getfixturevalue(role))

    status = client.get(reverse(f"contracts:{page}", args=[cast.contract.slug])).status_code

    assert (status == 200) is (role in TABLE[PAGES[page]])
    assert status in (200, 403, 404)


def given(contract, actor, **fields):
    asked = {"role": "expert", "email": "nina@exemple.fr", "full_name": "Nina Nouvelle", **fields}
    return give_seat(contract, actor=actor, now=NOW, **asked)


def test_the_director_gives_a_seat_to_someone_new(cast, director, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        seat = given(cast.contract, director, role="funder_decider", organisation=cast.county)

    assert standing(seat.user, TODAY).organisations(cast.contract.pk, "funder_decider") == {cast.county.pk}
    assert "/compte/invitation/" in mail.outbox[0].body
    assert "Décideur d'un financeur (Département du Gard)" in mail.outbox[0].body
    entry = Entry.objects.get(verb="contracts.give_seat")
    assert (entry.actor, entry.contract_id) == (director, cast.contract.pk)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"role": "roi"}, "role"),
        ({"role": "funder_officer"}, "organisation"),
        ({"role": "councillor"}, "organisation"),
        ({"from_on": TODAY, "to_on": TODAY - timedelta(days=1)}, "to_on"),
        ({"email": "zut"}, "email"),
    ],
)
def test_what_is_missing_is_said_at_its_field(cast, director, fields, field):
    with pytest.raises(Refusal) as refusal:
        given(cast.contract, director, **fields)

    assert [name for name, said in refusal.value.errors.items() if said] == [field]
    assert not User.objects.filter(email="nina@exemple.fr").exists()


def test_a_councillor_sits_for_a_citizen_council(cast, director):
    with pytest.raises(Refusal, match="conseil citoyen"):
        given(cast.contract, director, role="councillor", organisation=cast.county)

    assert given(cast.contract, director, role="councillor", organisation=cast.council.organisation)


@pytest.mark.parametrize("role", ["director", "technical_admin"])
def test_nobody_gives_a_seat_to_themselves(role, request, cast):
    """Otherwise an administrator would read the dossiers, and the GIP decide for a funder."""
    actor = request.getfixturevalue(role)

    with pytest.raises(Refusal, match="à soi-même"):
        given(cast.contract, actor, email=actor.email.upper(), role="reader")


def test_a_technical_administrator_starts_a_contract_and_reads_no_dossier(cast, technical_admin):
    given(cast.contract, technical_admin, role="gip_director")

    held = standing(technical_admin, TODAY)
    assert not held.seats
    assert not office(technical_admin, TODAY).is_gip


def test_an_officer_gives_no_seat(cast, officer):
    with pytest.raises(PermissionDenied):
        given(cast.contract, officer)


def test_a_seat_lasts_until_the_evening_of_its_last_day(cast, director, expert):
    seat = TeamMember.objects.get(user=expert)
    end_seat(seat, actor=director, to_on=TODAY, now=NOW)

    assert standing(User.objects.get(pk=expert.pk), TODAY).sits_on(cast.contract.pk)
    assert not standing(User.objects.get(pk=expert.pk), TODAY + timedelta(days=1)).sits_on(cast.contract.pk)
    assert Entry.objects.get(verb="contracts.end_seat").changes["to_on"] == [None, "2026-12-01"]


def test_a_seat_that_ended_is_opened_again_not_doubled(cast, director, expert):
    end_seat(TeamMember.objects.get(user=expert), actor=director, to_on=TODAY - timedelta(days=1), now=NOW)
    given(cast.contract, director, email=expert.email, full_name="", from_on=TODAY)

    assert TeamMember.objects.filter(user=expert).count() == 1
    assert standing(User.objects.get(pk=expert.pk), TODAY).sits_on(cast.contract.pk)


def test_the_same_seat_twice_is_said(cast, director):
    given(cast.contract, director)

    with pytest.raises(Refusal, match="déjà ce rôle"):
        given(cast.contract, director)


def test_the_last_director_stays(cast, director, technical_admin):
    seat = TeamMember.objects.get(user=director)
    with pytest.raises(Refusal, match="dernière direction"):
        end_seat(seat, actor=technical_admin, to_on=TODAY, now=NOW)

    TeamMemberFactory(contract=cast.contract, role="gip_director", to_on=TODAY)
    with pytest.raises(Refusal, match="dernière direction"):
        end_seat(seat, actor=technical_admin, to_on=TODAY, now=NOW)

    TeamMemberFactory(contract=cast.contract, role="gip_director")
    end_seat(seat, actor=technical_admin, to_on=TODAY, now=NOW)


def test_the_page_sets_expired_seats_apart(client, cast, director):
    cast.seat("expert", name="Partie Depuis", to_on=TODAY - timedelta(days=400))
    client.force_login(director)

    page = client.get(reverse("contracts:team", args=[cast.contract.slug])).content.decode()

    assert "Rôles terminés (1)" in page
    assert page.index("Claire Directrice") < page.index("Partie Depuis")


def test_seats_are_given_and_ended_from_the_pages(client, cast, director):
    client.force_login(director)
    slug = cast.contract.slug
    asked = {"role": "reader", "email": "nina@exemple.fr", "full_name": "Nina"}

    refused = client.post(reverse("contracts:give_seat", args=[slug]), {**asked, "role": "funder_officer"})
    assert "Ce rôle se tient pour une structure" in refused.content.decode()
    assert client.post(reverse("contracts:give_seat", args=[slug]), asked).status_code == 302
    seat = TeamMember.objects.get(user__email="nina@exemple.fr")
    client.post(reverse("contracts:end_seat", args=[slug, seat.pk]), {"to_on": "2030-01-01"})
    seat.refresh_from_db()
    assert seat.to_on.year == 2030


def test_the_list_costs_the_same_however_long_it_is(client, cast, director):
    client.force_login(director)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("contracts:team", args=[cast.contract.slug]))
        return len(captured)

    cast.seat("funder_officer", cast.state)
    before = cost()
    for _ in range(3):
        cast.seat("funder_officer", cast.state)

    assert cost() == before


def test_roles_are_told_in_words(cast, state_decider):
    role = held_roles(state_decider, TODAY)[0]

    assert (role.label, role.on_behalf_of, role.place) == (
        "Décideur d'un financeur",
        "État",
        cast.contract.name,
    )


# The second factor ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("technical_admin", "stranger")])
def test_it_is_asked_of_the_gip_and_the_funders_only(role, request, client, cast):
    concerned = {"director", "officer", "finance", "state_officer", "state_decider"}
    Contract.objects.update(requires_second_factor=True)
    client.force_login(request.getfixturevalue(role))

    response = client.get(reverse("accounts:me"))

    assert (response.status_code == 302) is (role in concerned)
    if role in concerned:
        assert response.url == reverse("mfa_activate_totp")


def test_whoever_has_one_goes_on(client, cast, officer):
    Contract.objects.update(requires_second_factor=True)
    Authenticator.objects.create(user=officer, type="totp", data={"secret": "x"})
    client.force_login(officer)

    assert client.get(reverse("accounts:me")).status_code == 200


def test_a_seat_that_ended_asks_for_nothing(client, cast):
    Contract.objects.update(requires_second_factor=True)
    gone = cast.seat("gip_officer", to_on=TODAY - timedelta(days=4000))
    client.force_login(gone)

    assert client.get(reverse("accounts:me")).status_code == 200


@pytest.mark.parametrize(
    "page", ["mfa_index", "account_logout", "account_change_password", "portal:accessibility"]
)
def test_the_way_to_set_it_up_and_the_way_out_stay_open(page, client, cast, officer):
    Contract.objects.update(requires_second_factor=True)
    client.force_login(officer)

    response = client.get(reverse(page))

    assert response.status_code == 200 or response.url == reverse("account_set_password")


def test_it_costs_no_query_to_those_it_does_not_concern(rf, cast, officer):
    request = rf.get("/")
    request.user = User.objects.get(pk=officer.pk)
    request.resolver_match = None
    standing(request.user, localdate())

    with CaptureQueriesContext(connection) as captured:
        assert SecondFactorMiddleware(lambda _: None).process_view(request, lambda _: None, (), {}) is None
    assert len(captured) == 0


def test_the_switch_is_journalled_and_only_for_those_who_may(client, cast, director, officer):
    with pytest.raises(PermissionDenied):
        require_second_factor(cast.contract, actor=officer, required=True, now=NOW)
    client.force_login(director)

    client.post(reverse("contracts:require_second_factor", args=[cast.contract.slug]), {"required": "oui"})

    assert Contract.objects.get(pk=cast.contract.pk).requires_second_factor
    assert Entry.objects.get(verb="contracts.require_second_factor").changes == {
        "requires_second_factor": [False, True]
    }
