from django.urls import path

from faubourg.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.index, name="index"),
    path("creer/", views.create_organisation, name="create_organisation"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/modifier/", views.edit_organisation, name="edit_organisation"),
    path("<int:pk>/membres/inviter/", views.invite_member, name="invite_member"),
    path("<int:pk>/membres/<int:user_pk>/", views.change_roles, name="change_roles"),
    path("<int:pk>/membres/<int:user_pk>/retirer/", views.end_membership, name="end_membership"),
    path("<int:pk>/rib/", views.record_bank_details, name="record_bank_details"),
    path("<int:pk>/rib/<int:bank_pk>/confirmer/", views.confirm_bank_details, name="confirm_bank_details"),
    path("<int:pk>/rib/<int:bank_pk>/refuser/", views.reject_bank_details, name="reject_bank_details"),
    path("<int:pk>/rib/<int:bank_pk>/fichier/", views.bank_paper, name="bank_paper"),
    path("<int:pk>/pieces/ajouter/", views.add_organisation_paper, name="add_organisation_paper"),
    path("<int:pk>/pieces/<int:kept_pk>/", views.organisation_paper, name="organisation_paper"),
    path(
        "<int:pk>/pieces/<int:kept_pk>/retirer/",
        views.withdraw_organisation_paper,
        name="withdraw_organisation_paper",
    ),
    path("<int:pk>/liens/", views.declare_interest_for, name="declare_interest_for"),
]
