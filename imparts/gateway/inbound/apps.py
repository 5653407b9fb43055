"""How Django knows this app."""

from django.apps import AppConfig


class Inbound(AppConfig):
    """The app's name and label."""

    name = "imparts.gateway.inbound"
    label = "inbound"
