"""Signing in for the first time: user name, one-time code, and the password that one chooses."""

from typing import Any

from django import forms


class FirstSignIn(forms.Form):
    """What someone types who has been given a code."""

    username = forms.CharField(
        label="User name", max_length=150, error_messages={"required": "Write your user name."}
    )
    code = forms.CharField(
        label="One-time code", max_length=40, error_messages={"required": "Write your code."}
    )
    password = forms.CharField(
        label="New password", max_length=200, strip=False,
        error_messages={"required": "Choose a password of 12 characters or more."},
    )  # fmt: skip
    again = forms.CharField(
        label="The same password again", max_length=200, strip=False, required=False
    )

    def clean_username(self) -> str:
        """As it is kept: in small letters."""
        return str(self.cleaned_data["username"]).lower()

    def clean(self) -> dict[str, Any]:
        """Typed twice alike, because nobody sees what they type."""
        given = super().clean() or self.cleaned_data
        if given.get("password") and given.get("password") != given.get("again"):
            self.add_error("again", "The two passwords are not the same. Type both again.")
        return given
