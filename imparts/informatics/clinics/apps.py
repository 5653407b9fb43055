"""How Django knows this app."""

from django.apps import AppConfig


class Clinics(AppConfig):
    """The app's name and label."""

    name = "imparts.informatics.clinics"
    label = "clinics"
