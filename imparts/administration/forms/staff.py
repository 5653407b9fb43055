"""Adding a colleague, putting their name right, giving a role."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from imparts.access.roles import ROLES
from imparts.administration.forms.words import text_errors

if TYPE_CHECKING:
    from imparts.organisations.models import Service

CHOOSE_ROLE = "Choose what they do here."
CHOOSE_SERVICE = "Choose the service."


class NameAndTitle(forms.Form):
    """Who someone is to colleagues and patients."""

    name = forms.CharField(
        label="Name", max_length=150, error_messages=text_errors("Write their name.")
    )
    job_title = forms.CharField(
        label="Job title", max_length=120,
        error_messages=text_errors("Write the job title that colleagues and patients know."),
    )  # fmt: skip


class RoleAtService(forms.Form):
    """One role at one of the services that the asker sets up."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(role.code, role.name) for role in ROLES.values()],
        error_messages={"required": CHOOSE_ROLE, "invalid_choice": CHOOSE_ROLE},
    )
    service = forms.TypedChoiceField(
        label="Service", coerce=int,
        error_messages={"required": CHOOSE_SERVICE, "invalid_choice": CHOOSE_SERVICE},
    )  # fmt: skip

    def __init__(self, *args: Any, services: "Iterable[Service]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [(each.pk, str(each)) for each in services]


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

    def clean_username(self) -> str:
        """As it is kept."""
        return str(self.cleaned_data["username"]).lower()
