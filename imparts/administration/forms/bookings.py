"""Booking someone by hand: a walk-in, or an appointment that no other system sends."""

from datetime import date
from typing import Any

from django import forms

from imparts.design.form_words import DAYS, TIMES, choice_errors, text_errors
from imparts.rules.identifiers import scheme

OLDEST = 125
SCHEMES = (("nhs", "NHS number"), ("chi", "CHI number"), ("hcn", "Health and Care number"),
           ("hospital", "Hospital number"))  # fmt: skip
WHYS = (
    ("booked by mistake", "Booked by mistake"),
    ("cancelled by patient", "Patient cancelled"),
    ("moved to another day", "Moved to another day"),
)


class TimeOfVisit(forms.Form):
    """When someone is expected."""

    at = forms.TimeField(
        label="Time", input_formats=TIMES,
        error_messages={
            "required": "Write the time, like 10:15.", "invalid": "Write the time like 10:15.",
        },
    )  # fmt: skip


class PersonAtDesk(TimeOfVisit):
    """Who stands at the desk, as their letter or card says it."""

    family_name = forms.CharField(
        label="Family name", max_length=120, error_messages=text_errors("Write the family name.")
    )
    given_name = forms.CharField(
        label="Given name", max_length=120, error_messages=text_errors("Write the given name.")
    )
    born_on = forms.DateField(
        label="Birth date", input_formats=DAYS,
        error_messages={
            "required": "Write the birth date, like 14/03/1961.",
            "invalid": "Write the birth date like 14/03/1961.",
        },
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Which number", choices=SCHEMES,
        error_messages=choice_errors("Choose which number it is."),
    )  # fmt: skip
    number = forms.CharField(
        label="Number", max_length=20, required=False, error_messages=text_errors("")
    )
    field_order = ("family_name", "given_name", "born_on", "kind", "number", "at")

    def __init__(self, *args: Any, today: date, takes_test_numbers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.takes_test_numbers = today, takes_test_numbers

    def clean_born_on(self) -> date:
        """Someone who is here was born, and not before anyone alive."""
        born: date = self.cleaned_data["born_on"]
        if born > self.today:
            raise forms.ValidationError("This birth date lies ahead. Check the year.")
        if self.today.year - born.year > OLDEST:
            raise forms.ValidationError("This birth date is too long ago. Check the year.")
        return born

    def clean(self) -> dict[str, Any]:
        """A national number has the right shape, range and check digit (hazard H2)."""
        given = super().clean() or self.cleaned_data
        kind, number = given.get("kind"), "".join(given.get("number", "").split())
        given["number"] = number
        if number and kind and kind != "hospital":
            wrong = scheme.problem_with(kind, number, allow_test_range=self.takes_test_numbers)
            if wrong:
                self.add_error("number", wrong)
        return given


class WhyOff(forms.Form):
    """Why someone is taken off the list."""

    why = forms.ChoiceField(
        choices=WHYS, error_messages=choice_errors("Choose why they are taken off.")
    )
