"""How Django knows this app."""

from django.apps import AppConfig


class Referrals(AppConfig):
    """The app's name and label."""

    name = "imparts.integrated_care.referrals"
    label = "referrals"
