from django.urls import path

from faubourg.observation.views import equipment, pages

app_name = "observation"
urlpatterns = [
    path("", pages.index, name="index"),
    path("<slug:slug>/", pages.show, name="show"),
    path("<slug:slug>/quartiers/<str:code>/", pages.place, name="place"),
    path("<slug:slug>/comparaison/", pages.comparison, name="comparison"),
    path("<slug:slug>/equipements/", pages.equipment, name="equipment"),
    path("<slug:slug>/equipements/nouveau/", equipment.add, name="add_equipment"),
    path("<slug:slug>/equipements/<int:pk>/", equipment.edit, name="edit_equipment"),
    path("<slug:slug>/equipements/<int:pk>/archiver/", equipment.archive, name="archive_equipment"),
]
