from django.urls import path

from faubourg.awards.views import (
    decisions,
    notices,
    outbox,
    programme,
    report,
    scenarios,
    validation,
    waiting,
)

app_name = "awards"
urlpatterns = [
    path("", programme.index, name="index"),
    path("<int:pk>/", programme.programme, name="programme"),
    path("<int:pk>/validation/", validation.validate, name="validate"),
    path("<int:pk>/lettres/", notices.notices, name="notices"),
    path("<int:pk>/lettres/preparer/", notices.prepare_notices, name="prepare_notices"),
    path("<int:pk>/lettres/envoyer/", notices.release_notices, name="release_notices"),
    path("<int:pk>/bilan/", report.report, name="report"),
    path("<int:pk>/bilan/bilan.pdf", report.report_pdf, name="report_pdf"),
    path("<int:pk>/bilan/bilan.xlsx", report.report_xlsx, name="report_xlsx"),
    path("<int:pk>/scenarios/", scenarios.scenarios, name="scenarios"),
    path("<int:pk>/comparer/", scenarios.compare_ways, name="compare_ways"),
    path("scenarios/<int:pk>/", scenarios.scenario, name="scenario"),
    path("scenarios/<int:pk>/montants/", scenarios.set_amounts, name="set_amounts"),
    path("scenarios/<int:pk>/dossiers/<int:application_pk>/", scenarios.scenario_row, name="scenario_row"),
    path("scenarios/<int:pk>/nommer/", scenarios.edit_scenario, name="edit_scenario"),
    path("scenarios/<int:pk>/supprimer/", scenarios.delete_scenario, name="delete_scenario"),
    path("scenarios/<int:pk>/adopter/", scenarios.adopt_scenario, name="adopt_scenario"),
    path("<int:pk>/liste-complementaire/", waiting.waiting_list, name="waiting_list"),
    path(
        "dossiers/<int:application_pk>/attente/<int:pk>/",
        waiting.put_on_waiting_list,
        name="put_on_waiting_list",
    ),
    path(
        "dossiers/<int:application_pk>/attente/<int:pk>/monter/",
        waiting.move_up_waiting_list,
        name="move_up_waiting_list",
    ),
    path(
        "dossiers/<int:application_pk>/attente/<int:pk>/retirer/",
        waiting.take_off_waiting_list,
        name="take_off_waiting_list",
    ),
    path("dossiers/<int:application_pk>/decision/<int:pk>/", decisions.decide, name="decide"),
    path("courriels/", outbox.outbox, name="outbox"),
    path("courriels/envoyer/", outbox.release_many, name="release_many"),
    path("courriels/<int:pk>/", outbox.letter, name="letter"),
    path("courriels/<int:pk>/piece/", outbox.attachment, name="attachment"),
    path("courriels/<int:pk>/envoyer/", outbox.release, name="release"),
    path("courriels/<int:pk>/ecarter/", outbox.discard, name="discard"),
    path("courriels/<int:pk>/reprendre/", outbox.doubt, name="doubt"),
]
