"""How Django knows this app."""

from django.apps import AppConfig


class Workspace(AppConfig):
    """The app's name and label."""

    name = "imparts.workspace"
    label = "workspace"
