"""/quartiers/localiser/ : is this place in a neighbourhood?"""

from django.urls import path

from faubourg.territories import views

app_name = "territories"
urlpatterns = [path("", views.locate, name="locate")]
