from django.urls import path

from faubourg.contracts.views import pages, settling

app_name = "contracts"
urlpatterns = [
    path("", pages.index, name="index"),
    path("<slug:slug>/", pages.show, name="show"),
    path("<slug:slug>/objectifs/", pages.objectives, name="objectives"),
    path("<slug:slug>/orientations/", pages.orientations, name="orientations"),
    path("<slug:slug>/signataires/", pages.signatories, name="signatories"),
    path("<slug:slug>/instances/", pages.bodies, name="bodies"),
    path("<slug:slug>/parametres/", pages.parameters, name="parameters"),
    path(
        "<slug:slug>/parametres/<int:pk>/verifier/",
        settling.verify_parameter,
        name="verify_parameter",
    ),
    path(
        "<slug:slug>/parametres/<int:pk>/retirer-la-verification/",
        settling.unverify_parameter,
        name="unverify_parameter",
    ),
    path("<slug:slug>/a-clarifier/", pages.clarifications, name="clarifications"),
    path(
        "<slug:slug>/a-clarifier/<int:number>/",
        settling.settle_clarification,
        name="settle_clarification",
    ),
]
