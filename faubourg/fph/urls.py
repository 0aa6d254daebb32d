from django.urls import path

from faubourg.fph.views import asking, funds, requests

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
    path("demandes/<int:request_pk>/", requests.request, name="request"),
    path("demandes/<int:request_pk>/retirer/", requests.withdraw, name="withdraw"),
    path("contrat/<slug:slug>/ouvrir/", funds.open_fund, name="open_fund"),
    path("contrat/<slug:slug>/reglement/", funds.adopt_rules, name="adopt_rules"),
]
