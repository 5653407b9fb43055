"""How Django knows this app."""

from django.apps import AppConfig


class Authoring(AppConfig):
    """The app's name and label."""

    name = "imparts.authoring"
    label = "authoring"
