from django.urls import path

from faubourg.consultation.views import coding, consultations, gatherings, words

app_name = "consultation"
urlpatterns = [
    path("", consultations.index, name="index"),
    path("demarches/<int:pk>/", consultations.consultation, name="consultation"),
    path("demarches/<int:pk>/modifier/", consultations.amend, name="amend"),
    path("demarches/<int:pk>/publier/", consultations.publish, name="publish"),
    path("demarches/<int:pk>/terminer/", consultations.close, name="close"),
    path("demarches/<int:pk>/rencontres/nouvelle/", gatherings.add_gathering, name="add_gathering"),
    path("rencontres/<int:gathering_pk>/", gatherings.gathering, name="gathering"),
    path("rencontres/<int:gathering_pk>/modifier/", gatherings.amend_gathering, name="amend_gathering"),
    path("rencontres/<int:gathering_pk>/participants/", gatherings.count_attendees, name="count_attendees"),
    path("rencontres/<int:gathering_pk>/compte-rendu/", gatherings.write_minutes, name="write_minutes"),
    path(
        "rencontres/<int:gathering_pk>/compte-rendu/valider/",
        gatherings.validate_minutes,
        name="validate_minutes",
    ),
    path(
        "rencontres/<int:gathering_pk>/compte-rendu/diffuser/",
        gatherings.publish_minutes,
        name="publish_minutes",
    ),
    path("rencontres/<int:gathering_pk>/saisie/", gatherings.take_down, name="take_down"),
    path("rencontres/<int:gathering_pk>/fiches.pdf", gatherings.sheets, name="sheets"),
    path("paroles/<int:contribution_pk>/", words.contribution, name="contribution"),
    path("paroles/<int:contribution_pk>/corriger/", words.correct_contribution, name="correct_contribution"),
    path("paroles/<int:contribution_pk>/relire/", words.review_contribution, name="review_contribution"),
    path("paroles/<int:contribution_pk>/retenir/", words.keep_contribution, name="keep_contribution"),
    path(
        "paroles/<int:contribution_pk>/ne-pas-retenir/",
        words.set_aside_contribution,
        name="set_aside_contribution",
    ),
    path("paroles/<int:contribution_pk>/relier/", words.link_to_objective, name="link_to_objective"),
    path("paroles/<int:contribution_pk>/trancher/", coding.settle_topic, name="settle_topic"),
    path("liens/<int:link_pk>/retirer/", words.unlink_from_objective, name="unlink_from_objective"),
    path("themes/<int:topic_pk>/reviser/", coding.revise_topic, name="revise_topic"),
    path("themes/<int:topic_pk>/archiver/", coding.archive_topic, name="archive_topic"),
    path("themes/<int:topic_pk>/relier/", coding.link_topic, name="link_topic"),
    path("<slug:slug>/", consultations.show, name="show"),
    path("<slug:slug>/nouvelle/", consultations.prepare, name="prepare"),
    path("<slug:slug>/paroles/", words.words, name="words"),
    path("<slug:slug>/paroles/nouvelle/", words.record_contribution, name="record_contribution"),
    path("<slug:slug>/classer/", coding.code_contribution, name="code_contribution"),
    path("<slug:slug>/lectures/", coding.readings, name="readings"),
    path("<slug:slug>/themes/", coding.topics, name="topics"),
    path("<slug:slug>/themes/nouveau/", coding.add_topic, name="add_topic"),
]
