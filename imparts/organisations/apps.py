"""How Django knows this app."""

from django.apps import AppConfig


class Organisations(AppConfig):
    """The app's name and label."""

    name = "imparts.organisations"
    label = "organisations"
