"""How Django knows this app."""

from django.apps import AppConfig


class People(AppConfig):
    """The app's name and label."""

    name = "imparts.people"
    label = "people"
