"""/compte/ : « Mon compte », invitations, and the accounts as their administrator sees them."""

from django.urls import path

from faubourg.directory.views import account, people

app_name = "accounts"
urlpatterns = [
    path("", account.me, name="me"),
    path("adresse/", account.ask_email_change, name="ask_email_change"),
    path("adresse/<str:signed>/", account.confirm_email, name="confirm_email"),
    path("courriels/", account.choose_mail_pace, name="choose_mail_pace"),
    path("liens/declarer/", account.declare_interest, name="declare_interest"),
    path("liens/<int:pk>/terminer/", account.end_interest, name="end_interest"),
    path("invitation/<slug:token>/", account.invitation, name="invitation"),
    path("courriels/<int:pk>/renvoyer/", people.resend_letter, name="resend_letter"),
    path("personnes/", people.people, name="people"),
    path("personnes/<int:pk>/desactiver/", people.deactivate, name="deactivate"),
    path("personnes/<int:pk>/reactiver/", people.reactivate, name="reactivate"),
    path(
        "personnes/<int:pk>/second-facteur/retirer/", people.remove_second_factor, name="remove_second_factor"
    ),
    path("personnes/<int:pk>/adresse/", people.ask_email_change_for, name="ask_email_change_for"),
    path("personnes/<int:pk>/inviter/", people.send_invitation_again, name="send_invitation_again"),
]
