from django.urls import path

from faubourg.applications import views

app_name = "applications"
urlpatterns = [
    path("", views.index, name="index"),
    path("nouveau/", views.start, name="start"),
    path("nouveau/<int:call_pk>/", views.start, name="start"),
    path("appel/<int:call_pk>/pour-une-structure/", views.start_for, name="start_for"),
    path("<int:pk>/aide/", views.ask_help, name="ask_help"),
    path("<int:pk>/aide/refermer/", views.end_help, name="end_help"),
    path("<int:pk>/papier/", views.file_paper, name="file_paper"),
    path("appel/<int:call_pk>/brouillons/", views.drafts, name="drafts"),
    path("<int:pk>/modifier/<str:step>/", views.edit, name="edit"),
    path("<int:pk>/imprimer/<str:step>/", views.print_part, name="print_part"),
    path("<int:pk>/reprendre/", views.duplicate, name="duplicate"),
    path("<int:pk>/dossier.pdf", views.cerfa, name="cerfa"),
    path("<int:pk>/budget.xlsx", views.budget, name="budget"),
    path("<int:pk>/budget/classeur/", views.send_budget, name="send_budget"),
    path("<int:pk>/budget/classeur/<int:file_pk>/", views.import_budget, name="import_budget"),
    path("<int:pk>/deposer/", views.submit, name="submit"),
    path("<int:pk>/recepisse/", views.receipt, name="receipt"),
    path("<int:pk>/retirer/", views.withdraw, name="withdraw"),
    path("<int:pk>/rouvrir/", views.extend, name="extend"),
    path("<int:pk>/pieces/", views.attach_paper, name="attach_paper"),
    path("<int:pk>/pieces/<int:paper_pk>/", views.paper, name="paper"),
    path("<int:pk>/pieces/<int:paper_pk>/retirer/", views.remove_paper, name="remove_paper"),
]
