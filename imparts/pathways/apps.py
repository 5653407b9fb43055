"""How Django knows this app."""

from django.apps import AppConfig


class Pathways(AppConfig):
    """The app's name and label."""

    name = "imparts.pathways"
    label = "pathways"
