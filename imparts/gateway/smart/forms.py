"""What is typed and pressed on the pages about apps."""

from django import forms

from imparts.design.form_words import text_errors

_TOO_LITTLE = "Type at least two letters of the name, or a number."


class Decision(forms.Form):
    """What somebody decides about an app: to find a patient first, to let it, or not to."""

    do = forms.ChoiceField(choices=[("find", "Find"), ("allow", "Allow"), ("deny", "Do not allow")])
    patient = forms.UUIDField(required=False)


class LookedFor(forms.Form):
    """Who is looked for."""

    looked_for = forms.CharField(
        min_length=2, max_length=60,
        error_messages={**text_errors(_TOO_LITTLE), "min_length": _TOO_LITTLE},
    )  # fmt: skip


class WhichApp(forms.Form):
    """Which app is opened."""

    client = forms.IntegerField(min_value=1, max_value=2**63 - 1)
