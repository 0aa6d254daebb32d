"""Who may do what in the directory: role × verb (issue 2 §3, style B.3)."""

import pytest

from faubourg.accounts.queries import office
from faubourg.directory import permissions as may
from faubourg.directory.models import Organisation
from tests.conftest import TODAY
from tests.factories import ApplicationFactory, ContractFactory, OrganisationFactory, TeamMemberFactory

ROLES = (
    "director", "officer", "finance", "delegate", "state_officer", "state_decider", "expert", "councillor",
    "reader", "editor", "signatory", "org_admin", "technical_admin", "stranger",
)  # fmt: skip
TABLE = {
    "see_all_organisations": {"director", "officer", "finance", "technical_admin"},
    "create_organisation": {"director", "officer", "technical_admin"},
    "edit_organisation": {"director", "officer", "finance", "editor", "signatory", "org_admin"},
    "invite_member": {"director", "officer", "org_admin", "technical_admin"},
    "change_roles": {"director", "officer", "org_admin", "technical_admin"},
    "end_membership": {"director", "officer", "org_admin", "technical_admin"},
    "see_bank_details": {"director", "finance", "signatory", "org_admin"},
    "record_bank_details": {"signatory", "org_admin"},
    "see_interests": {"director"},
    "declare_interest_of_another": {"director"},
    "declare_own_interest": set(ROLES),
    "manage_people": {"technical_admin"},
    "deactivate": {"technical_admin"},
    "reactivate": {"technical_admin"},
    "remove_second_factor": {"technical_admin"},
}


def verdict(verb, held, organisation):
    match verb:
        case "declare_interest_of_another":
            return may.can_declare_interest(held, held.user_id + 1)
        case "declare_own_interest":
            return may.can_declare_interest(held, held.user_id)
        case "end_membership":
            return may.can_end_membership(held, organisation, held.user_id + 1)
        case "deactivate" | "reactivate" | "remove_second_factor":
            return getattr(may, f"can_{verb}")(held, held.user_id + 1)
        case "see_all_organisations" | "create_organisation" | "see_interests" | "manage_people":
            return getattr(may, f"can_{verb}")(held)
    return getattr(may, f"can_{verb}")(held, organisation)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_exactly_what_the_table_says(role, request, cast):
    person = request.getfixturevalue(role)
    held = office(person, TODAY)

    allowed = {verb for verb in TABLE if verdict(verb, held, cast.applicant)}

    assert allowed == {verb for verb, roles in TABLE.items() if role in roles}


@pytest.mark.parametrize("verb", TABLE)
def test_every_refusal_is_a_sentence(verb, cast, reader):
    answer = verdict(verb, office(reader, TODAY), cast.applicant)

    assert answer or (answer.reason[0].isupper() and answer.reason.endswith("."))


def test_nobody_closes_their_own_account(technical_admin):
    assert not may.can_deactivate(office(technical_admin, TODAY), technical_admin.pk)


def test_rights_in_an_organisation_stop_at_its_door(cast, stranger):
    """Cloisonnement par organisme (B8.9)."""
    own = office(stranger, TODAY).memberships

    assert cast.applicant.pk not in own
    assert not may.can_edit_organisation(office(stranger, TODAY), cast.applicant)


@pytest.mark.parametrize(
    ("role", "verb"),
    [
        ("gip_finance", "see_bank_details"),
        ("gip_director", "see_bank_details"),
        ("gip_officer", "invite_member"),
        ("gip_officer", "end_membership"),
        ("gip_officer", "edit_organisation"),
    ],
)
def test_the_gip_of_another_contract_leaves_an_organisation_to_its_own(cast, role, verb):
    """From its first dossier on, even a draft; before, any GIP helps it."""
    elsewhere = office(TeamMemberFactory(contract=ContractFactory(), role=role).user, TODAY)
    here = office(cast.seat(role), TODAY)
    newcomer = OrganisationFactory()
    assert verdict(verb, elsewhere, newcomer)

    ApplicationFactory(call=cast.call, applicant=newcomer)
    newcomer = Organisation.objects.get(pk=newcomer.pk)

    assert verdict(verb, here, newcomer)
    assert not verdict(verb, elsewhere, newcomer)
