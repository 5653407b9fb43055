"""How Django knows this app."""

from django.apps import AppConfig


class Design(AppConfig):
    """The app's name and label."""

    name = "imparts.design"
    label = "design"
