"""Addresses of the FHIR server: one view answers all that is asked under /fhir/."""

from django.urls import URLPattern, path

from imparts.gateway.fhir_server import views

app_name = "fhir_server"
urlpatterns: list[URLPattern] = [
    path("", views.fhir, {"asked": ""}, name="base"),
    path("metadata", views.metadata, name="metadata"),
    path("<path:asked>", views.fhir, name="asked"),
]
