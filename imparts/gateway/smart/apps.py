"""How Django knows this app."""

from django.apps import AppConfig


class Smart(AppConfig):
    """The app's name and label."""

    name = "imparts.gateway.smart"
    label = "smart"
