from django.urls import path

from faubourg.fph.views import asking, committee, funds, requests, sessions

app_name = "fph"
urlpatterns = [
    path("", asking.index, name="index"),
    path("suivi/", asking.find, name="find"),
    path("suivi/<str:secret>/", asking.follow, name="follow"),
    path("suivi/<str:secret>/retirer/", asking.take_back, name="take_back"),
    path("<int:pk>/", asking.fund, name="fund"),
    path("<int:pk>/demander/", asking.file_request, name="file_request"),
    path("<int:pk>/formulaire.pdf", asking.paper_form, name="paper_form"),
    path("<int:pk>/demandes/", requests.requests, name="requests"),
    path("<int:pk>/papier/", requests.type_paper, name="type_paper"),
    path("<int:pk>/modifier/", funds.amend_fund, name="amend_fund"),
    path("<int:pk>/parts/", funds.set_share, name="set_share"),
    path("<int:pk>/comite/", committee.committee, name="committee"),
    path("<int:pk>/comite/membres/", committee.add_member, name="add_member"),
    path("<int:pk>/comite/seances/", committee.plan_session, name="plan_session"),
    path("membres/<int:member_pk>/depart/", committee.end_member, name="end_member"),
    path("seances/<int:session_pk>/", sessions.session, name="session"),
    path("seances/<int:session_pk>/inscrire/", sessions.place_requests, name="place_requests"),
    path("seances/<int:session_pk>/presents/", sessions.record_presence, name="record_presence"),
    path("seances/<int:session_pk>/demandes/<int:examined_pk>/", sessions.decide, name="decide"),
    path(
        "seances/<int:session_pk>/demandes/<int:examined_pk>/retirer/",
        sessions.remove_request,
        name="remove_request",
    ),
    path("seances/<int:session_pk>/clore/", sessions.close_session, name="close_session"),
    path("seances/<int:session_pk>/annuler/", sessions.cancel_session, name="cancel_session"),
    path("seances/<int:session_pk>/releve.pdf", sessions.minutes, name="minutes"),
    path("demandes/<int:request_pk>/", requests.request, name="request"),
    path("demandes/<int:request_pk>/retirer/", requests.withdraw, name="withdraw"),
    path("contrat/<slug:slug>/ouvrir/", funds.open_fund, name="open_fund"),
    path("contrat/<slug:slug>/reglement/", funds.adopt_rules, name="adopt_rules"),
]
