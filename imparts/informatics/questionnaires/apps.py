"""How Django knows this app."""

from django.apps import AppConfig


class Questionnaires(AppConfig):
    """The app's name and label."""

    name = "imparts.informatics.questionnaires"
    label = "questionnaires"
