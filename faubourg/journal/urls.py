from django.urls import path

from faubourg.journal import views

app_name = "journal"
urlpatterns = [path("", views.index, name="index")]
