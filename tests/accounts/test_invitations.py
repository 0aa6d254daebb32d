"""An invitation opens one account, once, for fourteen days."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from faubourg.accounts.actions import accept, invite
from faubourg.accounts.models import Invitation, User
from faubourg.accounts.queries import opens_an_account
from faubourg.accounts.rules import invitation_letter, new_role_letter
from faubourg.directory.actions import send_invitation_again
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "quatre mots bien choisis"


@pytest.fixture
def actor(db):
    return UserFactory(full_name="Claire")


@pytest.fixture
def invitation(actor):
    return invite("nina@exemple.fr", "Nina Nouvelle", actor=actor, now=timezone.now())[1]


def page_of(invitation):
    return reverse("accounts:invitation", args=[invitation.token])


def test_the_link_lets_its_holder_choose_a_password_and_come_in(client, invitation):
    assert "Nina Nouvelle" in client.get(page_of(invitation)).content.decode()

    response = client.post(page_of(invitation), {"password": PASSWORD, "again": PASSWORD})

    assert response.url == reverse("portal:home")
    assert client.get(reverse("accounts:me")).status_code == 200
    assert User.objects.get(email="nina@exemple.fr").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [("court", "court", "trop court"), (PASSWORD, PASSWORD + "!", "différents"), ("", "", "obligatoire")],
)
def test_a_poor_password_is_refused_and_the_link_still_serves(client, invitation, password, again, said):
    page = client.post(page_of(invitation), {"password": password, "again": again})

    assert said in page.content.decode()
    assert client.get(page_of(invitation)).status_code == 200


def test_the_link_serves_once(client, invitation):
    client.post(page_of(invitation), {"password": PASSWORD, "again": PASSWORD})
    client.logout()

    assert client.get(page_of(invitation)).status_code == 410
    again = client.post(
        page_of(invitation), {"password": "un tout autre choix", "again": "un tout autre choix"}
    )
    assert again.status_code == 410
    assert User.objects.get(email="nina@exemple.fr").check_password(PASSWORD)


def test_two_clicks_at_once_open_it_once(invitation):
    stale = Invitation.objects.select_related("user").get(pk=invitation.pk)
    accept(invitation, PASSWORD, now=timezone.now())

    with pytest.raises(Refusal, match="n'ouvre plus"):
        accept(stale, "un tout autre choix", now=timezone.now())


def test_it_lasts_fourteen_days_to_the_second(actor):
    _, invitation = invite("nina@exemple.fr", "Nina", actor=actor, now=NOW)

    assert opens_an_account(invitation, NOW + timedelta(days=14) - timedelta(seconds=1))
    assert not opens_an_account(invitation, NOW + timedelta(days=14))


def test_a_new_invitation_replaces_the_former(actor, invitation):
    _, second = invite("NINA@exemple.fr", "", actor=actor, now=timezone.now())
    invitation.refresh_from_db()

    assert not opens_an_account(invitation, timezone.now())
    assert opens_an_account(second, timezone.now())
    assert User.objects.filter(email="nina@exemple.fr").count() == 1


def test_an_old_link_does_not_open_an_account_entered_by_another_door(invitation):
    """Otherwise the link would walk around a second factor set up since."""
    User.objects.filter(pk=invitation.user_id).update(last_login=NOW)

    assert not opens_an_account(Invitation.objects.get(pk=invitation.pk), timezone.now())


def test_a_link_that_never_existed_is_not_found(client):
    assert client.get(reverse("accounts:invitation", args=["nimporte"])).status_code == 404


def test_only_the_technical_administrator_sends_it_again(actor, invitation, technical_admin):
    person = User.objects.get(pk=invitation.user_id)
    with pytest.raises(PermissionDenied):
        send_invitation_again(person, actor=actor, now=timezone.now())

    send_invitation_again(person, actor=technical_admin, now=timezone.now())

    assert Invitation.objects.filter(user=person, expires_at__gt=timezone.now()).count() == 1


def test_someone_who_came_in_needs_no_invitation(technical_admin):
    with pytest.raises(Refusal, match="déjà connectée"):
        send_invitation_again(UserFactory(last_login=NOW), actor=technical_admin, now=NOW)


def test_letters_say_who_invites_where_and_as_what():
    words = {"full_name": "Nina", "place": "Les Mains vertes", "roles": "Saisisseur", "invited_by": "Claire"}
    for letter in (invitation_letter, new_role_letter):
        _, body = letter(**words, link="https://exemple.fr/lien")
        for word in (*words.values(), "https://exemple.fr/lien"):
            assert word in body
