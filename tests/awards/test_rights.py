"""The README of awards says who may do what; these are the rights themselves."""

import pytest

from faubourg.awards.permissions import can_decide, can_open_outbox, can_prepare_notices, can_validate
from faubourg.contracts.queries import standing
from tests.awards.conftest import TODAY

TEAM = {"director", "officer"}
CAST = [
    "director", "officer", "finance", "delegate", "state_officer", "state_decider", "county_decider",
    "expert", "councillor", "reader", "editor", "signatory", "org_admin", "technical_admin", "stranger",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("role", CAST)
def test_who_may_do_what(cast, dossier, role, request):
    held = standing(request.getfixturevalue(role), TODAY)
    application = dossier()

    assert bool(can_decide(held, application, cast.state_envelope)) == (role == "state_decider")
    assert bool(can_validate(held, cast.contract.pk)) == (role in TEAM)
    assert bool(can_prepare_notices(held, cast.contract.pk)) == (role in TEAM)
    assert bool(can_open_outbox(held)) == (role in TEAM)


@pytest.mark.django_db
@pytest.mark.parametrize("role", CAST)
def test_every_refusal_is_a_sentence(cast, dossier, role, request):
    held = standing(request.getfixturevalue(role), TODAY)
    verdict = can_decide(held, dossier(), cast.county_envelope)
    assert verdict or verdict.reason.endswith(".")
