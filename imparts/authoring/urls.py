"""Addresses of the library. None holds anything about a patient."""

from django.urls import path

from imparts.authoring.views import library

app_name = "authoring"
urlpatterns = [
    path("", library.library, name="library"),
]
