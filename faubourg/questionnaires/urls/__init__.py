from django.urls import path

from faubourg.questionnaires.views import questionnaires, questions

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
    path("<slug:slug>/", questionnaires.index, name="index"),
    path("<slug:slug>/nouveau/", questionnaires.prepare, name="prepare"),
]
