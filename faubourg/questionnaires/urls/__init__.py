from django.urls import path

from faubourg.questionnaires.views import files, paper, questionnaires, questions, results

app_name = "questionnaires"
urlpatterns = [
    path("<int:pk>/", questionnaires.show, name="show"),
    path("<int:pk>/modifier/", questionnaires.amend, name="amend"),
    path("<int:pk>/ouvrir/", questionnaires.open_to_answers, name="open_to_answers"),
    path("<int:pk>/fermer/", questionnaires.close, name="close"),
    path("<int:pk>/deroger/", questionnaires.derogate, name="derogate"),
    path("<int:pk>/questions/", questions.questions, name="questions"),
    path("<int:pk>/questions/nouvelle/", questions.add_question, name="add_question"),
    path("<int:pk>/questions/<slug:name>/modifier/", questions.amend_question, name="amend_question"),
    path("<int:pk>/questions/<slug:name>/deplacer/", questions.move_question, name="move_question"),
    path("<int:pk>/questions/<slug:name>/retirer/", questions.remove_question, name="remove_question"),
    path("<int:pk>/parties/nouvelle/", questions.add_group, name="add_group"),
    path("<int:pk>/parties/vides/", questions.remove_empty_groups, name="remove_empty_groups"),
    path("<int:pk>/parties/<slug:name>/renommer/", questions.rename_group, name="rename_group"),
    path("<int:pk>/bulletins/", paper.batches, name="batches"),
    path("<int:pk>/bulletins/nouveau/", paper.print_batch, name="print_batch"),
    path("lots/<int:batch_pk>/", paper.batch, name="batch"),
    path("lots/<int:batch_pk>/bulletins.pdf", paper.bulletins_pdf, name="bulletins_pdf"),
    path("lots/<int:batch_pk>/compter/", paper.count_batch, name="count_batch"),
    path("lots/<int:batch_pk>/saisir/", paper.type_bulletin, name="type_bulletin"),
    path("lots/<int:batch_pk>/trouver/", paper.find_bulletin, name="find_bulletin"),
    path("lots/<int:batch_pk>/<int:bulletin>/arbitrer/", paper.settle_bulletin, name="settle_bulletin"),
    path("lots/<int:batch_pk>/<int:bulletin>/ecarter/", paper.exclude, name="exclude"),
    path("<int:pk>/xlsform/", files.export_xlsform, name="export_xlsform"),
    path("<int:pk>/xlsform/reprendre/", files.import_xlsform, name="import_xlsform"),
    path("<int:pk>/reponses/reprendre/", files.import_answers, name="import_answers"),
    path("<int:pk>/resultats/", results.results, name="results"),
    path("<int:pk>/resultats/croiser/", results.cross, name="cross"),
    path("<int:pk>/resultats/<slug:name>/", results.open_answers, name="open_answers"),
    path("<int:pk>/resultats/<slug:name>/verser/", results.pass_on, name="pass_on"),
    path("<int:pk>/telecharger/<slug:which>/", results.download, name="download"),
    path("<slug:slug>/", questionnaires.index, name="index"),
    path("<slug:slug>/nouveau/", questionnaires.prepare, name="prepare"),
]
