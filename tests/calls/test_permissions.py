"""Who may do what to a call: role × verb, and every page × role."""

import pytest
from django.urls import reverse

from faubourg.calls import permissions
from faubourg.calls.models import Call, CouncilConsultation
from faubourg.contracts.queries import standing
from tests.conftest import TODAY
from tests.factories import CallFactory, CitizenCouncilFactory, TeamMemberFactory

ROLES = (
    "director", "officer", "finance", "delegate", "state_officer", "state_decider", "county_decider",
    "expert", "councillor", "reader", "editor", "signatory", "org_admin", "technical_admin", "stranger",
)  # fmt: skip
WRITERS = {"director", "officer"}
MAY = {
    "create": WRITERS,
    "edit": WRITERS,
    "open": WRITERS,
    "open_without_consultation": {"director"},
    "postpone": WRITERS,
    "close": WRITERS,
    "record_consultation": WRITERS,
    "set_envelope": {"director", "officer", "finance", "state_decider"},
    "answer_consultation": {"councillor"},
}


@pytest.fixture
def subjects(cast, officer):
    """What each verb is about: the cast's open call, over for closing."""
    consultation = CouncilConsultation.objects.create(
        call=cast.call, council=cast.council, consulted_on=TODAY, means="Réunion", recorded_by=officer
    )
    return {
        "create": (cast.contract.pk,),
        "close": (cast.call, cast.call.closes_on.replace(month=2)),
        "set_envelope": (cast.state_envelope,),
        "answer_consultation": (consultation,),
    }


@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what(role, cast, subjects, request):
    held = standing(request.getfixturevalue(role), TODAY)
    for verb, allowed in MAY.items():
        verdict = getattr(permissions, f"can_{verb}")(held, *subjects.get(verb, (cast.call,)))
        assert bool(verdict) is (role in allowed), verb
        assert verdict or verdict.reason


def test_the_same_role_on_another_contract_gives_nothing(cast, subjects):
    for role in ("gip_director", "gip_officer"):
        held = standing(TeamMemberFactory(role=role).user, TODAY)
        for verb in MAY:
            assert not getattr(permissions, f"can_{verb}")(held, *subjects.get(verb, (cast.call,))), verb


def test_a_councillor_answers_for_their_own_council_only(cast, subjects):
    other = CitizenCouncilFactory(contract=cast.contract)
    neighbour = cast.seat("councillor", other.organisation)
    (consultation,) = subjects["answer_consultation"]
    assert not permissions.can_answer_consultation(standing(neighbour, TODAY), consultation)


def test_nobody_answers_nor_records_on_a_closed_call(cast, subjects, councillor, director):
    (consultation,) = subjects["answer_consultation"]
    consultation.call.state = "closed"
    assert not permissions.can_answer_consultation(standing(councillor, TODAY), consultation)
    assert not permissions.can_record_consultation(standing(director, TODAY), consultation.call)


# Reading

DRAFT_READERS = {
    "director", "officer", "finance", "state_officer", "state_decider", "county_decider", "councillor",
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_an_open_call_and_a_draft(role, cast, draft, client, request):
    """CIT-2: the councils read the draft they are consulted on."""
    client.force_login(request.getfixturevalue(role))

    assert client.get(reverse("calls:show", args=[cast.call.pk])).status_code == 200
    expected = 200 if role in DRAFT_READERS else 404
    assert client.get(reverse("calls:show", args=[draft.pk])).status_code == expected
    listed = client.get(reverse("calls:index")).content.decode()
    assert (f"/appels/{draft.pk}/" in listed) is (role in DRAFT_READERS)
    assert f"/appels/{cast.call.pk}/" in listed


def test_a_draft_is_not_for_the_gip_of_another_contract(draft, client):
    client.force_login(TeamMemberFactory(role="gip_director").user)
    assert client.get(reverse("calls:show", args=[draft.pk])).status_code == 404


@pytest.fixture
def pages(draft, consulted, cast):
    """Every page that writes, on a draft and on an open call, and who may see it."""
    envelope = draft.envelopes.get()
    return {
        reverse("calls:create"): WRITERS,
        reverse("calls:edit", args=[draft.pk]): WRITERS,
        reverse("calls:edit", args=[draft.pk, "consultation"]): WRITERS,
        reverse("calls:open", args=[draft.pk]): WRITERS,
        reverse("calls:postpone", args=[cast.call.pk]): WRITERS,
        reverse("calls:set_envelope", args=[draft.pk, envelope.pk]): MAY["set_envelope"],
        reverse("calls:answer_consultation", args=[draft.pk, consulted.pk]): {"councillor"},
    }


@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_writes_is_closed_to_the_others(role, pages, draft, client, request):
    client.force_login(request.getfixturevalue(role))
    for url, allowed in pages.items():
        on_draft = f"/appels/{draft.pk}/" in url
        refused = 404 if on_draft and role not in DRAFT_READERS else 403
        expected = 200 if role in allowed else refused
        assert client.get(url).status_code == expected, url


@pytest.mark.parametrize("role", ROLES)
def test_only_the_gip_closes_a_call(role, cast, client, request):
    Call.objects.filter(pk=cast.call.pk).update(opens_on="2025-01-01", closes_on="2025-02-01")
    client.force_login(request.getfixturevalue(role))
    response = client.post(reverse("calls:close", args=[cast.call.pk]))
    assert response.status_code == (302 if role in WRITERS else 403)


def test_an_envelope_or_a_consultation_of_another_call_is_not_found(cast, draft, consulted, director, client):
    client.force_login(director)
    url = reverse("calls:set_envelope", args=[draft.pk, cast.state_envelope.pk])
    assert client.get(url).status_code == 404
    url = reverse("calls:answer_consultation", args=[cast.call.pk, consulted.pk])
    assert client.get(url).status_code == 404


def test_a_call_is_prepared_on_ones_own_contract(director, client):
    foreign = CallFactory().contract
    client.force_login(director)
    assert client.get(reverse("calls:create"), {"contrat": foreign.slug}).status_code == 404
