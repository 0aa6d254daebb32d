"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("quartiers/importer/", include("faubourg.observation.urls.neighbourhoods")),
    path("quartiers/localiser/", include("faubourg.territories.urls")),
    path("", include("faubourg.portal.urls")),
    path("", include("faubourg.toolkit.urls")),
    path("connexion/", include("faubourg.accounts.urls")),
    path("compte/", include("faubourg.directory.urls.account")),
    path("journal/", include("faubourg.journal.urls")),
    path("structures/", include("faubourg.directory.urls")),
    path("contrats/", include("faubourg.contracts.urls")),
    path("instances/", include("faubourg.governance.urls")),
    path("concertation/fil/", include("faubourg.thread.urls")),
    path("habitants/", include("faubourg.thread.urls.public")),
    path("concertation/questionnaires/", include("faubourg.questionnaires.urls")),
    path("repondre/", include("faubourg.questionnaires.urls.answering")),
    path("concertation/", include("faubourg.consultation.urls")),
    path("territoire/", include("faubourg.observation.urls")),
    path("appels/", include("faubourg.calls.urls")),
    path("dossiers/", include("faubourg.applications.urls")),
    path("dossiers/", include("faubourg.conversations.urls")),
    path("instruction/", include("faubourg.appraisal.urls")),
    path("fonds-habitants/", include("faubourg.fph.urls")),
    path("programmation/", include("faubourg.awards.urls")),
]
