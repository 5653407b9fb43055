"""Addresses of the FHIR server: one view answers all under /fhir/ but the files of exports."""

from django.urls import URLPattern, path

from imparts.gateway.fhir_server import views
from imparts.gateway.fhir_server.export import fetching

app_name = "fhir_server"
urlpatterns: list[URLPattern] = [
    path("", views.fhir, {"asked": ""}, name="base"),
    path("metadata", views.metadata, name="metadata"),
    path("bulk/<uuid:job_id>/", fetching.status, name="export"),
    path("bulk/<uuid:job_id>/<str:name>", fetching.file, name="export_file"),
    path("<path:asked>", views.fhir, name="asked"),
]
