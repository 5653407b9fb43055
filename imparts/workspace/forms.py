"""What may be typed on the workspace's own pages."""

from django import forms

TOO_LITTLE = "Type at least two letters of a name, a birth date or a number."


class LookFor(forms.Form):
    """Who is looked for: a name, a birth date or a number."""

    looked_for = forms.CharField(
        min_length=2,
        max_length=60,
        error_messages={
            "required": TOO_LITTLE,
            "min_length": TOO_LITTLE,
            "max_length": "This is too long. Type a name, a birth date or a number.",
            "null_characters_not_allowed": "Take out the empty character and search again.",
        },
    )

    @property
    def wrong(self) -> str:
        """What is wrong, in one sentence; empty when nothing is."""
        return str(self.errors["looked_for"][0]) if "looked_for" in self.errors else ""
