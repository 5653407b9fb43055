"""Addresses of the FHIR server."""

from django.urls import URLPattern

app_name = "fhir_server"
urlpatterns: list[URLPattern] = []
