"""Coming in: password, code by e-mail, forgotten password, second factor, and no open door beside."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from faubourg.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "quatre mots bien choisis"


@pytest.fixture(autouse=True)
def _no_attempts_remembered():
    cache.clear()


@pytest.fixture
def awa(db):
    user = UserFactory(email="awa@exemple.fr", full_name="Awa Diallo")
    user.set_password(PASSWORD)
    user.save()
    return user


def code_now(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def give_second_factor(user):
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


SECRET = "JBSWY3DPEHPK3PXP"


def is_in(client):
    return client.get(reverse("accounts:me")).status_code == 200


def test_a_password_opens_the_door_whatever_the_case_of_the_address(client, awa):
    client.post(reverse("account_login"), {"login": "AWA@exemple.fr", "password": PASSWORD})

    assert is_in(client)


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client, awa):
    said = [
        re.findall(r"Cette adresse et ce mot de passe[^<]*", client.post(
            reverse("account_login"), {"login": email, "password": "faux mot de passe"}
        ).content.decode())
        for email in ("awa@exemple.fr", "personne@exemple.fr")
    ]  # fmt: skip

    assert said[0] == said[1] != []
    assert not is_in(client)


def test_a_closed_account_does_not_come_in(client, awa):
    User.objects.update(is_active=False)
    client.post(reverse("account_login"), {"login": awa.email, "password": PASSWORD})

    assert not is_in(client)


def test_a_code_by_letter_opens_the_door_once(client, awa):
    client.post(reverse("account_request_login_code"), {"email": awa.email})
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.M)[0]

    assert mail.outbox[0].subject == "Votre code de connexion"
    assert (
        "pas le bon"
        in client.post(reverse("account_confirm_login_code"), {"code": "AAAAAA"}).content.decode()
    )
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert is_in(client)


def test_an_unknown_address_receives_words_not_a_code(client):
    response = client.post(
        reverse("account_request_login_code"), {"email": "inconnue@exemple.fr"}, follow=True
    )

    assert response.redirect_chain[-1][0] == reverse("account_confirm_login_code")
    assert "Aucun compte n'a cette adresse" in mail.outbox[0].body


def test_a_forgotten_password_is_chosen_again(client, awa):
    client.post(reverse("account_reset_password"), {"email": awa.email})
    link = re.search(r"http://[^/]+(/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]

    assert "trop court" in client.post(form, {"password1": "court", "password2": "court"}).content.decode()
    client.post(form, {"password1": "un autre choix bien long", "password2": "un autre choix bien long"})
    assert User.objects.get(pk=awa.pk).check_password("un autre choix bien long")
    assert "Ce lien ne sert plus" in client.get(link, follow=True).content.decode()


def test_the_second_factor_is_asked_after_the_password(client, awa):
    give_second_factor(awa)
    response = client.post(reverse("account_login"), {"login": awa.email, "password": PASSWORD})

    assert response.url == reverse("mfa_authenticate")
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now(SECRET)})
    assert is_in(client)


def test_a_recovery_code_replaces_the_telephone_once(client, awa):
    give_second_factor(awa)
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]

    def enter():
        client.post(reverse("account_login"), {"login": awa.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": spare})
        return is_in(client)

    assert enter()
    client.post(reverse("account_logout"))
    assert not enter()


def test_a_second_factor_is_set_up_from_the_account(client, awa):
    client.post(reverse("account_login"), {"login": awa.email, "password": PASSWORD})
    confirm = client.get(reverse("mfa_activate_totp"))
    client.post(confirm.url, {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True)

    assert "Vos codes de secours" in done.content.decode()
    assert get_adapter().decrypt(Authenticator.objects.get(type="totp").data["secret"]) == secret
    assert "actif" in client.get(reverse("accounts:me")).content.decode()


NEW_PASSWORD = "cinq autres mots mieux choisis"


def test_a_password_that_changes_is_told_to_its_owner(client, awa):
    client.post(reverse("account_login"), {"login": awa.email, "password": PASSWORD})
    typed = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(reverse("account_change_password"), typed)

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([awa.email], "Votre mot de passe a changé")
    assert "Ce n'est pas vous ?" in letter.body
    assert "<" not in letter.body


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_that_comes_and_goes_is_told_to_its_owner(client, awa):
    client.post(reverse("account_login"), {"login": awa.email, "password": PASSWORD})
    client.post(client.get(reverse("mfa_activate_totp")).url, {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))

    assert [letter.subject for letter in mail.outbox] == [
        "Votre second facteur est actif",
        "Vos codes de secours ont changé",
        "Votre second facteur est retiré",
    ]
    assert all("Bonjour" in letter.body and "Ce n'est pas vous ?" in letter.body for letter in mail.outbox)


PAGES = (
    "account_login", "account_request_login_code", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done", "account_signup", "account_inactive",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_each_open_page_is_ours_in_french_with_one_heading(client, name):
    page = client.get(reverse(name)).content.decode()

    assert '<html lang="fr">' in page
    assert page.count("<h1>") == 1
    assert not re.search(r"\b(Sign|Password|Email|Your|Please)\b", page)


@pytest.mark.parametrize(
    "name", ["account_change_password", "mfa_index", "account_reauthenticate", "account_logout"]
)
def test_each_page_of_the_account_is_ours_in_french(client, awa, name):
    client.post(reverse("account_login"), {"login": awa.email, "password": PASSWORD})
    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1>") == 1
    assert not re.search(r"\b(Sign|Password|Your|Please)\b", page)


def test_nobody_signs_up_alone(client):
    page = client.post(
        reverse("account_signup"), {"email": "moi@exemple.fr", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert "sur invitation" in page.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["account_email", "mfa_list_webauthn", "account_confirm_email"])
def test_pages_we_do_not_offer_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_mail_server_that_does_not_answer_is_said_not_a_broken_page(client, awa, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    page = client.post(reverse("account_request_login_code"), {"email": awa.email}, follow=True)

    assert page.status_code == 200
    assert "serveur de courriel ne répond pas" in page.content.decode()
