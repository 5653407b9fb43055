"""Adding a colleague, putting their name right, giving a role."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from imparts.access.roles import ROLES
from imparts.administration.forms.at_service import AtService
from imparts.design.form_words import choice_errors, text_errors
from imparts.rules.identifiers.mobile_number import in_groups, read_mobile

if TYPE_CHECKING:
    from imparts.access.models import Staff


class NameAndTitle(forms.Form):
    """Who someone is to colleagues and patients."""

    name = forms.CharField(
        label="Name", max_length=150, error_messages=text_errors("Write their name.")
    )
    job_title = forms.CharField(
        label="Job title", max_length=120,
        error_messages=text_errors("Write the job title that colleagues and patients know."),
    )  # fmt: skip


class HowToReach(forms.Form):
    """Where notices to someone go: an e-mail address, a mobile number, both or neither."""

    email = forms.EmailField(
        label="E-mail address", max_length=254, required=False,
        error_messages={
            **text_errors(""), "invalid": "Write the whole address, such as jo.smith@trust.example."
        },
    )  # fmt: skip
    mobile = forms.CharField(
        label="Mobile number", max_length=30, required=False, error_messages=text_errors("")
    )

    @classmethod
    def of(cls, staff: "Staff") -> "HowToReach":
        """What is known now."""
        return cls(initial={"email": staff.email, "mobile": in_groups(staff.mobile)})

    def clean_mobile(self) -> str:
        """As it is kept: +447700900123."""
        typed = str(self.cleaned_data["mobile"]).strip()
        try:
            return read_mobile(typed) if typed else ""
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None


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
