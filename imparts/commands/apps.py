"""How Django knows this app."""

from django.apps import AppConfig


class Commands(AppConfig):
    """The app's name and label."""

    name = "imparts.commands"
    label = "commands"
