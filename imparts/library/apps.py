"""How Django knows this app."""

from django.apps import AppConfig


class Library(AppConfig):
    """The app's name and label."""

    name = "imparts.library"
    label = "library"
