"""The pages of the directory, as people use them."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.accounts.models import User
from faubourg.accounts.queries import has_second_factor
from faubourg.directory import actions
from faubourg.directory.models import Interest, Organisation
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import InterestFactory, MembershipFactory, OrganisationFactory, UserFactory

ORGANISATION_PAGES = (
    "show",
    "edit_organisation",
    "invite_member",
    "record_bank_details",
    "declare_interest_for",
)


@pytest.mark.parametrize("page", ORGANISATION_PAGES)
def test_someone_elses_organisation_is_not_found(page, client, cast, stranger):
    client.force_login(stranger)

    assert client.get(reverse(f"directory:{page}", args=[cast.applicant.pk])).status_code == 404


STATUS = {
    "show": {"org_admin": 200, "editor": 200, "officer": 200, "technical_admin": 200, "expert": 404},
    "edit_organisation": {
        "org_admin": 200,
        "editor": 200,
        "officer": 200,
        "technical_admin": 403,
        "expert": 404,
    },
    "invite_member": {"org_admin": 200, "editor": 403, "officer": 200, "technical_admin": 200, "expert": 404},
    "record_bank_details": {"org_admin": 200, "editor": 403, "officer": 403, "signatory": 200, "expert": 404},
    "declare_interest_for": {"org_admin": 403, "officer": 403, "director": 200, "expert": 404},
}


@pytest.mark.parametrize(("page", "role"), [(page, role) for page, roles in STATUS.items() for role in roles])
def test_each_page_opens_for_whom_the_table_says(page, role, request, client, cast):
    client.force_login(request.getfixturevalue(role))

    assert (
        client.get(reverse(f"directory:{page}", args=[cast.applicant.pk])).status_code == STATUS[page][role]
    )


@pytest.mark.parametrize("typed", ["ecusson", "ÉCUSSON amis", "SIRET"])
def test_the_gip_finds_an_organisation_however_it_is_typed(client, cast, officer, typed):
    friends = OrganisationFactory(name="Les amis de l'Écusson")
    if typed == "SIRET":
        typed = f"{friends.siret[:3]} {friends.siret[3:]}"
    client.force_login(officer)

    response = client.get(reverse("directory:index"), {"q": typed})

    assert [row.name for row in response.context["page"]] == ["Les amis de l'Écusson"]


def test_a_member_sees_her_organisations_only(client, cast, editor):
    OrganisationFactory(name="Ailleurs")
    client.force_login(editor)

    page = client.get(reverse("directory:index"))

    assert [row.name for row in page.context["page"]] == ["Les Mains vertes"]
    assert "Créer une structure" not in page.content.decode()


def cost(client, url, connection_queries):
    with connection_queries() as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def queries():
    return lambda: CaptureQueriesContext(connection)


def test_lists_cost_the_same_however_long_they_are(client, cast, officer, technical_admin, queries):
    show = reverse("directory:show", args=[cast.applicant.pk])
    pages = [
        (officer, reverse("directory:index")),
        (officer, show),
        (technical_admin, reverse("accounts:people")),
    ]

    def costs():
        found = []
        for person, url in pages:
            client.force_login(person)
            found.append(cost(client, url, queries))
        return found

    MembershipFactory(organisation=cast.applicant)
    before = costs()
    for _ in range(3):
        MembershipFactory(organisation=cast.applicant)
        MembershipFactory()

    assert costs() == before


def test_a_refused_siret_keeps_what_was_typed(client, cast, officer):
    client.force_login(officer)

    page = client.post(
        reverse("directory:create_organisation"),
        {"name": "Radio Cèze", "kind": "association", "siret": "123 456 789 00012", "town": "Bessèges"},
    ).content.decode()

    assert "Ce SIRET est faux" in page
    assert 'value="Radio Cèze"' in page
    assert 'value="Bessèges"' in page


def test_a_page_opened_before_someone_elses_change_is_told_then_may_insist(client, cast, editor):
    client.force_login(editor)
    url = reverse("directory:edit_organisation", args=[cast.applicant.pk])
    typed = {"name": "Les Mains vertes", "kind": "association", "siret": cast.applicant.siret, "town": "Alès"}
    Organisation.objects.filter(pk=cast.applicant.pk).update(town="Bessèges", version=2)

    refused = client.post(url, {**typed, "version": 1})

    assert "Bessèges" in refused.content.decode()
    assert 'name="version" value="2"' in refused.content.decode()
    assert client.post(url, {**typed, "version": 2}).status_code == 302
    assert Organisation.objects.get(pk=cast.applicant.pk).town == "Alès"


def test_my_account_shows_who_i_am_and_lets_me_change_it(client, cast, signatory):
    cast.seat("councillor", cast.council.organisation)
    InterestFactory(user=signatory, nature="trésorière")
    client.force_login(signatory)

    page = client.get(reverse("accounts:me")).content.decode()
    for words in (signatory.email, "Signataire", "Les Mains vertes", "trésorière", "Second facteur"):
        assert words in page

    client.post(reverse("accounts:me"), {"full_name": "Awa D.", "phone": "06 00 00 00 00"})
    assert User.objects.get(pk=signatory.pk).full_name == "Awa D."


def test_my_account_lists_the_seats_held_on_contracts(client, cast, state_decider):
    client.force_login(state_decider)

    page = client.get(reverse("accounts:me")).content.decode()

    assert "Décideur d&#x27;un financeur, pour État" in page
    assert cast.contract.name in page


def test_a_person_declares_and_ends_her_own_tie(client, cast, expert):
    """PRG-7, B2.5."""
    client.force_login(expert)
    client.post(
        reverse("accounts:declare_interest"), {"organisation": cast.applicant.pk, "nature": "bénévole"}
    )
    tie = Interest.objects.get(user=expert)

    again = client.post(
        reverse("accounts:declare_interest"), {"organisation": cast.applicant.pk, "nature": "bénévole"}
    )
    assert "déjà déclaré" in again.content.decode()

    client.post(reverse("accounts:end_interest", args=[tie.pk]))
    tie.refresh_from_db()
    assert tie.ended_on is not None


def test_nobody_ends_the_tie_of_another_but_the_director(client, cast, expert, officer, director):
    tie = InterestFactory(user=expert, organisation=cast.applicant)
    for person, status in ((officer, 404), (director, 302)):
        client.force_login(person)
        assert client.post(reverse("accounts:end_interest", args=[tie.pk])).status_code == status


def test_the_director_records_the_tie_of_someone_else(client, cast, expert, director):
    client.force_login(director)
    url = reverse("directory:declare_interest_for", args=[cast.applicant.pk])

    assert (
        "Personne n&#x27;a de compte"
        in client.post(url, {"email": "x@y.fr", "nature": "élu"}).content.decode()
    )
    assert client.post(url, {"email": expert.email, "nature": "élu"}).status_code == 302
    assert Interest.objects.get(user=expert).nature == "élu"


@pytest.mark.parametrize("role", ["director", "officer", "org_admin", "reader"])
def test_accounts_are_the_technical_administrators_affair(role, request, client, cast):
    someone = UserFactory()
    client.force_login(request.getfixturevalue(role))

    assert client.get(reverse("accounts:people")).status_code == 403
    for verb in ("deactivate", "reactivate", "remove_second_factor", "send_invitation_again"):
        assert client.post(reverse(f"accounts:{verb}", args=[someone.pk])).status_code == 403
    assert User.objects.get(pk=someone.pk).is_active


def test_a_closed_account_is_out_with_its_next_click(client, cast, editor, technical_admin):
    hers = Client()
    hers.force_login(editor)
    assert hers.get(reverse("accounts:me")).status_code == 200
    client.force_login(technical_admin)
    client.post(reverse("accounts:deactivate", args=[editor.pk]))

    assert hers.get(reverse("accounts:me")).status_code == 302

    client.post(reverse("accounts:reactivate", args=[editor.pk]))
    assert User.objects.get(pk=editor.pk).is_active


def test_who_has_lost_telephone_and_codes_is_let_in_again_and_told(client, editor, technical_admin):
    TOTP.activate(editor, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(editor)
    client.force_login(technical_admin)
    address = reverse("accounts:remove_second_factor", args=[editor.pk])
    assert address in client.get(reverse("accounts:people")).content.decode()

    client.post(address)

    assert not has_second_factor(editor)
    assert not Authenticator.objects.filter(user=editor).exists()
    entry = Entry.objects.get(verb="accounts.remove_second_factor")
    assert (entry.actor, entry.subject_id) == (technical_admin, editor.pk)
    letter = Message.objects.get(recipient=editor.email)
    assert letter.subject == "Votre second facteur est retiré"
    assert technical_admin.full_name in letter.body
    assert address not in client.get(reverse("accounts:people")).content.decode()


def test_a_second_factor_is_not_removed_twice_nor_by_oneself_from_there(editor, technical_admin):
    with pytest.raises(Refusal, match="pas de second facteur"):
        actions.remove_second_factor(editor, actor=technical_admin, now=NOW)
    TOTP.activate(technical_admin, "JBSWY3DPEHPK3PXP")
    with pytest.raises(PermissionDenied, match="Mon compte"):
        actions.remove_second_factor(technical_admin, actor=technical_admin, now=NOW)
    assert has_second_factor(technical_admin)


def test_people_are_found_by_name_without_accents(client, technical_admin):
    UserFactory(full_name="Zoé Élan")
    client.force_login(technical_admin)

    page = client.get(reverse("accounts:people"), {"q": "zoe elan"})

    assert [person.full_name for person in page.context["page"]] == ["Zoé Élan"]
