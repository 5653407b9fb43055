"""Addresses of the FHIR server: one view answers all under /fhir/ but the files of exports."""

from django.urls import URLPattern, path, register_converter

from imparts.gateway.fhir_server import views
from imparts.gateway.fhir_server.export import fetching


class FhirPath:
    """What FHIR's own addresses may hold: types, ids, versions and names of operations."""

    regex = r".+"

    def to_python(self, value: str) -> str:
        """As it stands; routing.py answers what is none of these."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(FhirPath, "fhir")

app_name = "fhir_server"
urlpatterns: list[URLPattern] = [
    path("", views.fhir, {"asked": ""}, name="base"),
    path("metadata", views.metadata, name="metadata"),
    path("bulk/<uuid:job_id>/", fetching.status, name="export"),
    path("bulk/<uuid:job_id>/<str:file_called>", fetching.file, name="export_file"),
    path("<fhir:asked>", views.fhir, name="asked"),
]
