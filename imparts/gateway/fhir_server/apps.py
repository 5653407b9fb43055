"""How Django knows this app."""

from django.apps import AppConfig


class FhirServer(AppConfig):
    """The app's name and label."""

    name = "imparts.gateway.fhir_server"
    label = "fhir_server"
