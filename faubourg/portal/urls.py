from django.urls import path

from faubourg.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("appels/<int:pk>/enveloppes/", views.envelopes, name="envelopes"),
    path("dossiers/<int:pk>/", views.application, name="application"),
    path("dossiers/<int:pk>/comparaison/", views.comparison, name="comparison"),
    path("dossiers/<int:pk>/journal/", views.journal, name="journal"),
    path("quartiers/", views.neighbourhoods, name="neighbourhoods"),
    path("quartiers/contours.geojson", views.outlines_file, name="outlines_file"),
    path("quartiers/contours.gpkg", views.geopackage_file, name="geopackage_file"),
    path("quartiers/liste.csv", views.list_file, name="list_file"),
    path("quartiers/<str:code>/", views.neighbourhood, name="neighbourhood"),
    path("accessibilite/", views.accessibility, name="accessibility"),
]
