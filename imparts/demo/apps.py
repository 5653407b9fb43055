"""How Django knows this app."""

from django.apps import AppConfig


class Demo(AppConfig):
    """The app's name and label."""

    name = "imparts.demo"
    label = "demo"
