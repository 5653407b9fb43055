"""How Django knows this app."""

from django.apps import AppConfig


class Results(AppConfig):
    """The app's name and label."""

    name = "imparts.informatics.results"
    label = "results"
