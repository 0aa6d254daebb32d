from django.urls import path

from faubourg.contracts.views import pages, project, settling, team

app_name = "contracts"
urlpatterns = [
    path("", pages.index, name="index"),
    path("<slug:slug>/", pages.show, name="show"),
    path("<slug:slug>/objectifs/", pages.objectives, name="objectives"),
    path("<slug:slug>/objectifs/ajustements/", project.versions, name="versions"),
    path("<slug:slug>/objectifs/ajustements/proposer/", project.propose_change, name="propose_change"),
    path("<slug:slug>/objectifs/ajustements/valider/", project.adopt_version, name="adopt_version"),
    path(
        "<slug:slug>/objectifs/ajustements/<int:pk>/retirer/", project.withdraw_change, name="withdraw_change"
    ),
    path("<slug:slug>/objectifs/<int:pk>/viser/", project.write_priority, name="write_priority"),
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
    path("<slug:slug>/equipe/", team.team, name="team"),
    path("<slug:slug>/equipe/donner/", team.give_seat, name="give_seat"),
    path("<slug:slug>/equipe/<int:pk>/fin/", team.end_seat, name="end_seat"),
    path("<slug:slug>/equipe/second-facteur/", team.require_second_factor, name="require_second_factor"),
]
