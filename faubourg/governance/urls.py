from django.urls import path

from faubourg.governance import views

app_name = "governance"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.body, name="body"),
    path("<int:pk>/perimetre/", views.set_scope, name="set_scope"),
    path("<int:pk>/quorum/", views.set_quorum, name="set_quorum"),
    path("<int:pk>/seances/nouvelle/", views.plan, name="plan"),
    path("seances/<int:pk>/", views.meeting, name="meeting"),
    path("seances/<int:pk>/seance.ics", views.meeting_ics, name="meeting_ics"),
    path("seances/<int:pk>/modifier/", views.amend, name="amend"),
    path("seances/<int:pk>/ouvrir/", views.start, name="start"),
    path("seances/<int:pk>/clore/", views.close, name="close"),
    path("seances/<int:pk>/annuler/", views.cancel, name="cancel"),
    path("seances/<int:pk>/presences/", views.record_attendance, name="record_attendance"),
    path("seances/<int:pk>/invites/", views.add_guest, name="add_guest"),
    path("seances/<int:pk>/invites/<int:guest_pk>/retirer/", views.remove_guest, name="remove_guest"),
    path("seances/<int:pk>/points/", views.add_item, name="add_item"),
    path("seances/<int:pk>/points/<int:item_pk>/monter/", views.move_item, {"by": -1}, name="raise_item"),
    path("seances/<int:pk>/points/<int:item_pk>/descendre/", views.move_item, {"by": 1}, name="lower_item"),
    path("seances/<int:pk>/points/<int:item_pk>/duree/", views.set_minutes, name="set_minutes"),
    path("seances/<int:pk>/points/<int:item_pk>/retirer/", views.remove_item, name="remove_item"),
    path("seances/<int:pk>/releve/", views.record, name="record"),
    path("seances/<int:pk>/releve/releve.pdf", views.record_pdf, name="record_pdf"),
    path("seances/<int:pk>/releve/releve.docx", views.record_docx, name="record_docx"),
    path("seances/<int:pk>/releve/accuser/", views.acknowledge, name="acknowledge"),
    path("modele/<int:contract_pk>/", views.set_template, name="set_template"),
    path("modele/<int:contract_pk>/modele.docx", views.first_template, name="first_template"),
    path("seances/<int:pk>/decisions/", views.record_decision, name="record_decision"),
]
