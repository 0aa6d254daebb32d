from django.urls import path

from faubourg.awards.views import decisions, notices, outbox, programme, report, validation

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
    path("dossiers/<int:application_pk>/decision/<int:pk>/", decisions.decide, name="decide"),
    path("courriels/", outbox.outbox, name="outbox"),
    path("courriels/envoyer/", outbox.release_many, name="release_many"),
    path("courriels/<int:pk>/", outbox.letter, name="letter"),
    path("courriels/<int:pk>/piece/", outbox.attachment, name="attachment"),
    path("courriels/<int:pk>/envoyer/", outbox.release, name="release"),
    path("courriels/<int:pk>/ecarter/", outbox.discard, name="discard"),
    path("courriels/<int:pk>/reprendre/", outbox.doubt, name="doubt"),
]
