"""Who acts for an organisation, and how they came to."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from faubourg.accounts.models import Invitation, User
from faubourg.contracts.queries import standing
from faubourg.directory.actions import change_roles, create_organisation, end_membership, invite_member
from faubourg.directory.models import Membership
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.people import siret


def fresh(user):
    return User.objects.get(pk=user.pk)


def roles_of(user, organisation):
    return standing(fresh(user), TODAY).memberships.get(organisation.pk, frozenset())


def test_an_administrator_invites_someone_new(cast, org_admin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        user = invite_member(
            cast.applicant, actor=org_admin, email=" Nouvelle@Exemple.fr ", full_name="Nina Nouvelle",
            roles=["editor", "signatory"], now=NOW,
        )  # fmt: skip

    assert user.email == "nouvelle@exemple.fr"
    assert not user.has_usable_password()
    assert roles_of(user, cast.applicant) == {"editor", "signatory"}
    invitation = Invitation.objects.get(user=user)
    assert invitation.expires_at == NOW + timedelta(days=14)
    assert invitation.token in mail.outbox[0].body
    assert "Saisisseur, Signataire" in mail.outbox[0].body
    assert Entry.objects.get(verb="directory.invite_member").actor == org_admin


def test_someone_who_has_an_account_is_only_told(cast, org_admin, django_capture_on_commit_callbacks):
    known = UserFactory(last_login=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        invite_member(
            cast.applicant, actor=org_admin, email=known.email, full_name="", roles=["editor"], now=NOW
        )

    assert not Invitation.objects.exists()
    assert known.email in mail.outbox[0].to[0]
    assert "/compte/invitation/" not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "pas une adresse"}, "email"),
        ({"full_name": " "}, "full_name"),
        ({"roles": []}, "roles"),
        ({"roles": ["roi"]}, "roles"),
    ],
)
def test_what_is_missing_is_said_at_its_field(cast, org_admin, fields, field):
    asked = {"email": "n@exemple.fr", "full_name": "Nina", "roles": ["editor"], **fields}

    with pytest.raises(Refusal) as refusal:
        invite_member(cast.applicant, actor=org_admin, now=NOW, **asked)

    assert [name for name, said in refusal.value.errors.items() if said] == [field]
    assert not User.objects.filter(email="n@exemple.fr").exists() or field == "roles"


def test_an_officer_does_not_become_the_signatory_of_an_association(cast, officer):
    """The signature is the applicant's own (ASS-4)."""
    with pytest.raises(Refusal, match="à soi-même"):
        invite_member(
            cast.applicant, actor=officer, email=officer.email, full_name="", roles=["signatory"], now=NOW
        )


def test_a_stranger_invites_nobody(cast, stranger):
    with pytest.raises(PermissionDenied):
        invite_member(
            cast.applicant, actor=stranger, email="x@exemple.fr", full_name="X", roles=["editor"], now=NOW
        )
    assert not User.objects.filter(email="x@exemple.fr").exists()


def test_roles_change_and_the_journal_says_from_what_to_what(cast, org_admin, editor):
    change_roles(cast.applicant, editor, actor=org_admin, roles=["signatory"], now=NOW)

    assert roles_of(editor, cast.applicant) == {"signatory"}
    assert Entry.objects.get(verb="directory.change_roles").changes["rôles"] == ["Saisisseur", "Signataire"]


def test_a_member_who_leaves_no_longer_acts_from_that_minute(cast, org_admin, editor):
    end_membership(cast.applicant, editor, actor=org_admin, now=NOW)

    assert roles_of(editor, cast.applicant) == frozenset()
    assert Membership.objects.get(user=editor).to_on == TODAY - timedelta(days=1)


def test_a_role_that_ended_is_opened_again_not_doubled(cast, org_admin, editor):
    end_membership(cast.applicant, editor, actor=org_admin, now=NOW)
    invite_member(
        cast.applicant, actor=org_admin, email=editor.email, full_name="", roles=["editor"], now=NOW
    )

    assert roles_of(editor, cast.applicant) == {"editor"}
    assert Membership.objects.filter(user=editor).count() == 1


def test_the_last_administrator_stays(cast, org_admin, officer):
    for leave in (
        lambda: end_membership(cast.applicant, org_admin, actor=officer, now=NOW),
        lambda: change_roles(cast.applicant, org_admin, actor=officer, roles=["editor"], now=NOW),
    ):
        with pytest.raises(Refusal, match="dernier administrateur"):
            leave()

    MembershipFactory(organisation=cast.applicant, role="administrator")
    end_membership(cast.applicant, org_admin, actor=officer, now=NOW)
    assert roles_of(org_admin, cast.applicant) == frozenset()


def test_a_disabled_administrator_does_not_count(cast, org_admin, officer):
    MembershipFactory(organisation=cast.applicant, role="administrator", user__is_active=False)

    with pytest.raises(Refusal, match="dernier administrateur"):
        end_membership(cast.applicant, org_admin, actor=officer, now=NOW)


def test_the_gip_creates_an_organisation_and_invites_its_first_administrator(cast, officer):
    organisation = create_organisation(
        {"name": "Radio Cèze", "kind": "association", "siret": siret(999)},
        actor=officer, now=NOW, administrator_email="radio@exemple.fr", administrator_name="Rose Radio",
    )  # fmt: skip

    assert roles_of(User.objects.get(email="radio@exemple.fr"), organisation) == {"administrator"}


def test_an_invitation_that_is_refused_creates_no_organisation(cast, officer):
    with pytest.raises(Refusal):
        create_organisation(
            {"name": "Radio Cèze", "kind": "association"}, actor=officer, now=NOW, administrator_email="zut"
        )

    assert not type(cast.applicant).objects.filter(name="Radio Cèze").exists()


def test_a_disabled_account_is_not_given_a_role(cast, org_admin):
    closed = UserFactory(is_active=False, last_login=NOW)

    with pytest.raises(Refusal, match="désactivé"):
        invite_member(
            cast.applicant, actor=org_admin, email=closed.email, full_name="", roles=["editor"], now=NOW
        )


def test_twin_organisations_are_refused_by_name(cast, officer):
    taken = OrganisationFactory(name="Radio Cèze")

    with pytest.raises(Refusal) as refusal:
        create_organisation(
            {"name": "Radio", "kind": "association", "siret": taken.siret}, actor=officer, now=NOW
        )

    assert "Radio Cèze" in refusal.value.errors["siret"][0]
