from django.urls import path

from faubourg.toolkit import views

app_name = "toolkit"
urlpatterns = [path("composants/", views.components, name="components")]
