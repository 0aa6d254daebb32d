from django.urls import path

from faubourg.appraisal import views

app_name = "appraisal"
urlpatterns = [
    path("", views.index, name="index"),
    path("export/", views.export, name="export"),
    path("lot/", views.act_in_bulk, name="act_in_bulk"),
    path("vues/", views.save_view, name="save_view"),
    path("vues/<int:pk>/oublier/", views.remove_view, name="remove_view"),
    path("<int:pk>/", views.sheet, name="sheet"),
    path("<int:pk>/prendre/", views.take_charge, name="take_charge"),
    path("<int:pk>/recevable/", views.declare_admissible, name="declare_admissible"),
    path("<int:pk>/irrecevable/", views.declare_inadmissible, name="declare_inadmissible"),
    path("<int:pk>/demander/", views.ask_information, name="ask_information"),
    path("<int:pk>/complement/", views.answer_information, name="answer_information"),
    path("<int:pk>/presence/", views.be_present, name="be_present"),
    path("<int:pk>/bilan/", views.note_final_report, name="note_final_report"),
    path("<int:pk>/reprendre/", views.take_back, name="take_back"),
    path(
        "<int:pk>/complement/<int:request_pk>/accepter/", views.accept_corrections, name="accept_corrections"
    ),
    path("<int:pk>/instruire/", views.appraise, name="appraise"),
    path("<int:pk>/sans-comite/", views.bypass_committee, name="bypass_committee"),
    path("<int:pk>/avis-conseil/", views.give_council_opinion, name="give_council_opinion"),
    path("seances/<int:pk>/", views.meeting, name="meeting"),
    path("seances/<int:pk>/inscrire/", views.table, name="table"),
    path("seances/<int:pk>/clore/", views.close_meeting, name="close_meeting"),
    path("seances/<int:pk>/annuler/", views.cancel_meeting, name="cancel_meeting"),
    path("seances/<int:pk>/dossiers/<int:tabled_pk>/", views.tabled, name="tabled"),
    path("seances/<int:pk>/dossiers/<int:tabled_pk>/retirer/", views.untable, name="untable"),
    path("seances/<int:pk>/dossiers/<int:tabled_pk>/remarque/", views.remark, name="remark"),
    path("seances/<int:pk>/dossiers/<int:tabled_pk>/avis/", views.give_opinion, name="give_opinion"),
    path("seances/<int:pk>/pieces/", views.papers, name="papers"),
    path("seances/<int:pk>/pieces/preparer/", views.order_papers, name="order_papers"),
    path("seances/<int:pk>/pieces/envoyer/", views.send_papers, name="send_papers"),
    path("seances/<int:pk>/pieces/<slug:which>/", views.paper, name="paper"),
    path("seances/<int:pk>/direct/", views.live, name="live"),
    path("seances/<int:pk>/direct/<int:item_pk>/", views.live_item, name="live_item"),
    path("seances/<int:pk>/direct/<int:item_pk>/montrer/", views.show_item, name="show_item"),
    path("seances/<int:pk>/direct/<int:item_pk>/notes/", views.save_point, name="save_point"),
    path("seances/<int:pk>/projection/", views.projection, name="projection"),
    path("seances/<int:pk>/dossiers/<int:tabled_pk>/notes/", views.save_notes, name="save_notes"),
    path(
        "seances/<int:pk>/dossiers/<int:tabled_pk>/remarques/<int:remark_pk>/reprendre/",
        views.withdraw_remark,
        name="withdraw_remark",
    ),
    path("seances/<int:pk>/dossiers/<int:tabled_pk>/deports/", views.note_aside, name="note_aside"),
    path(
        "seances/<int:pk>/dossiers/<int:tabled_pk>/deports/<int:aside_pk>/annuler/",
        views.come_back,
        name="come_back",
    ),
    path("seances/<int:pk>/dossiers/<int:tabled_pk>/ajourner/", views.carry_over, name="carry_over"),
]
