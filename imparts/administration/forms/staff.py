"""Adding a colleague, putting their name right, giving a role."""

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from imparts.access.roles import ROLES
from imparts.administration.forms.at_service import AtService
from imparts.administration.forms.words import choice_errors, text_errors


class NameAndTitle(forms.Form):
    """Who someone is to colleagues and patients."""

    name = forms.CharField(
        label="Name", max_length=150, error_messages=text_errors("Write their name.")
    )
    job_title = forms.CharField(
        label="Job title", max_length=120,
        error_messages=text_errors("Write the job title that colleagues and patients know."),
    )  # fmt: skip


class RoleAtService(AtService):
    """One role at one of the services that the asker sets up."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(role.code, role.name) for role in ROLES.values()],
        error_messages=choice_errors("Choose what they do here."),
    )
    field_order = ("role", "service")


class NewColleague(RoleAtService, NameAndTitle):
    """Someone who is to sign in here."""

    username = forms.CharField(
        label="User name", max_length=150, validators=[UnicodeUsernameValidator(
            message="A user name holds letters, digits and . - _ @ + only."
        )],
        error_messages=text_errors("Choose the name that they sign in with."),
    )  # fmt: skip
    field_order = ("name", "job_title", "username", "service", "role")

    def clean_username(self) -> str:
        """User names are kept in small letters: Jo.Smith and jo.smith are one person."""
        return str(self.cleaned_data["username"]).lower()


class KnownColleague(RoleAtService):
    """Someone who signs in here already, at another service."""

    username = forms.CharField(
        label="Their user name", max_length=150,
        error_messages=text_errors("Write the user name that they sign in with."),
    )  # fmt: skip
