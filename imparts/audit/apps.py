"""How Django knows this app."""

from django.apps import AppConfig


class Audit(AppConfig):
    """The app's name and label."""

    name = "imparts.audit"
    label = "audit"
