"""/quartiers/importer/ : the official files of neighbourhoods."""

from django.urls import path

from faubourg.observation.views import neighbourhoods

app_name = "neighbourhoods"
urlpatterns = [
    path("", neighbourhoods.receive_file, name="receive_file"),
    path("<int:file_pk>/", neighbourhoods.bring_file, name="bring_file"),
]
