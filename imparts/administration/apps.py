"""How Django knows this app."""

from django.apps import AppConfig


class Administration(AppConfig):
    """The app's name and label."""

    name = "imparts.administration"
    label = "administration"
