"""How Django knows this app."""

from django.apps import AppConfig


class Live(AppConfig):
    """The app's name and label."""

    name = "imparts.live"
    label = "live"
