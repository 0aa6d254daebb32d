"""The two pages open to everyone who has the address."""

from django.urls import path

from faubourg.questionnaires.views import answering

app_name = "answering"
urlpatterns = [
    path("<slug:public_code>/", answering.answer, name="answer"),
    path("<slug:public_code>/merci/", answering.done, name="done"),
]
