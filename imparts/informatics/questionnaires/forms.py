"""What may be given on the tablet, and what is wrong with it in the person's own words."""

from collections.abc import Iterable

from django import forms

from imparts.design.spoken import say, to_say

DECLINED = "declined"
CHOOSE_ONE = to_say("Choose one answer")
CHOOSE_ON_PAGE = to_say("Choose one of the answers on this page")
CHOOSE_WHO_HELPS = to_say("Choose who is helping you")
ENTER_PIN = "Enter your PIN"
PIN_IS_NUMBERS = "A PIN is 4 to 12 numbers"


class PinForm(forms.Form):
    """What unlocks a tablet."""

    pin = forms.RegexField(
        r"^[0-9]{4,12}$",
        error_messages={
            "required": ENTER_PIN,
            "invalid": PIN_IS_NUMBERS,
            "null_characters_not_allowed": PIN_IS_NUMBERS,
        },
    )


class PersonForm(forms.Form):
    """The appointment whose patient is handed the tablet."""

    person = forms.UUIDField(
        error_messages={"required": "Choose a person", "invalid": "Choose a person"}
    )


class AnswerForm(forms.Form):
    """One item as one form: one of its own options, or "I would rather not answer"."""

    a = forms.ChoiceField(error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ON_PAGE})

    def __init__(self, data: object = None, *, values: Iterable[int]) -> None:
        super().__init__(data)
        self.fields["a"].choices = [(str(value), "") for value in values] + [(DECLINED, "")]

    @property
    def value(self) -> int | None:
        """The answer; None is "I would rather not answer"."""
        given = self.cleaned_data["a"]
        return None if given == DECLINED else int(given)

    @property
    def wrong(self) -> str:
        """What is wrong, in one sentence; empty when nothing is."""
        return say(str(self.errors["a"][0])) if "a" in self.errors else ""


class BeforeForm(forms.Form):
    """Who helps, when the service wants to know."""

    helper = forms.ChoiceField(
        error_messages={"required": CHOOSE_WHO_HELPS, "invalid_choice": CHOOSE_WHO_HELPS}
    )

    def __init__(self, data: object = None, *, who_helps: Iterable[str]) -> None:
        super().__init__(data)
        self.fields["helper"].choices = [(who, "") for who in who_helps]
        self.fields["helper"].required = bool(self.fields["helper"].choices)

    @property
    def wrong(self) -> str:
        """What is wrong, in one sentence; empty when nothing is."""
        return say(str(self.errors["helper"][0])) if "helper" in self.errors else ""


class SendForm(forms.Form):
    """The id that makes a sending unique, however often it is sent."""

    submission_id = forms.UUIDField()
