"""How Django knows this app."""

from django.apps import AppConfig


class Gateway(AppConfig):
    """The app's name and label."""

    name = "imparts.gateway"
    label = "gateway"
