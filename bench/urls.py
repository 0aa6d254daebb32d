"""The product's addresses, and the floor page."""

from django.urls import include, path

from bench.floor import floor

urlpatterns = [path("plancher/", floor, name="floor"), path("", include("faubourg.config.urls"))]
