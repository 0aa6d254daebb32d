"""The thread, for those who have a role on the contract; `public`, for everyone."""

from django.urls import path

from faubourg.thread.views import feedback, pages

app_name = "thread"
urlpatterns = [
    path("paroles/<int:contribution_pk>/", pages.words, name="words"),
    path("dossiers/<int:pk>/", pages.action, name="action"),
    path("restitutions/<int:feedback_pk>/", feedback.amend_feedback, name="amend_feedback"),
    path("photos/<int:snapshot_pk>/", pages.snapshot, name="snapshot"),
    path("<slug:slug>/", pages.show, name="show"),
    path("<slug:slug>/ruptures/", pages.broken, name="broken"),
    path("<slug:slug>/restitutions/", feedback.feedback, name="feedback"),
    path("<slug:slug>/restitutions/nouvelle/", feedback.tell_back, name="tell_back"),
    path("<slug:slug>/photos/", feedback.snapshots, name="snapshots"),
]
