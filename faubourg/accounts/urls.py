"""/connexion/ : the pages of allauth that we offer, at French addresses, and no other.

Their names are allauth's: its views reverse them. « Mon compte » and the invitations are in `directory`.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

urlpatterns = [
    path("", account.login, name="account_login"),
    path("fin/", account.logout, name="account_logout"),
    path("compte-ferme/", account.account_inactive, name="account_inactive"),
    path("sur-invitation/", account.signup, name="account_signup"),
    path("code/", account.request_login_code, name="account_request_login_code"),
    path("code/confirmer/", account.confirm_login_code, name="account_confirm_login_code"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("mot-de-passe/changer/", account.password_change, name="account_change_password"),
    path("mot-de-passe/choisir/", account.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-facteur/", second_factor.index, name="mfa_index"),
    path("second-facteur/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("second-facteur/confirmer/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-facteur/activer/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-facteur/desactiver/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-facteur/secours/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-facteur/secours/nouveaux/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-facteur/secours/fichier/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
