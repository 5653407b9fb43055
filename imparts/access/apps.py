"""How Django knows this app."""

from django.apps import AppConfig


class Access(AppConfig):
    """The app's name and label."""

    name = "imparts.access"
    label = "access"
