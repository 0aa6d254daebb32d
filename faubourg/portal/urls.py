from django.urls import path

from faubourg.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("appels/<int:pk>/enveloppes/", views.envelopes, name="envelopes"),
    path("dossiers/<int:pk>/", views.application, name="application"),
    path("dossiers/<int:pk>/comparaison/", views.comparison, name="comparison"),
    path("dossiers/<int:pk>/journal/", views.journal, name="journal"),
    path("accessibilite/", views.accessibility, name="accessibility"),
]
