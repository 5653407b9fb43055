"""How Django knows this app."""

from django.apps import AppConfig


class Outbox(AppConfig):
    """The app's name and label."""

    name = "imparts.outbox"
    label = "outbox"
