from django.urls import path

from faubourg.calls import views

app_name = "calls"
urlpatterns = [
    path("", views.index, name="index"),
    path("nouveau/", views.create, name="create"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/note-de-cadrage/", views.guidelines, name="guidelines"),
    path("<int:pk>/modifier/", views.edit, name="edit"),
    path("<int:pk>/modifier/<slug:section>/", views.edit, name="edit"),
    path("<int:pk>/ouvrir/", views.open, name="open"),
    path("<int:pk>/prolonger/", views.postpone, name="postpone"),
    path("<int:pk>/clore/", views.close, name="close"),
    path("<int:pk>/enveloppes/<int:envelope_pk>/", views.set_envelope, name="set_envelope"),
    path(
        "<int:pk>/consultations/<int:consultation_pk>/repondre/",
        views.answer_consultation,
        name="answer_consultation",
    ),
]
