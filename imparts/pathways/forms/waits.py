"""Entering waiting times: a number of weeks or days for each option, all as of one day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from imparts.rules.pathways.options import Option

LONGEST = {"weeks": 156, "days": 1095}
NUMBER = "Write a whole number of weeks or days, such as 5, or leave it empty."


class WaitsForm(forms.Form):
    """One line for each option; what is left empty stays as it was."""

    as_of = forms.DateField(
        label="As of",
        error_messages={
            "required": "Write the day on which these waits were so.",
            "invalid": "Write a day, such as 2026-11-17.",
        },
    )

    def __init__(self, data: Any, *, options: Mapping[str, Option], today: date) -> None:
        super().__init__(data)
        self._options, self._today = options, today
        for code in options:
            self.fields[code] = forms.IntegerField(
                required=False, min_value=0,
                error_messages={"invalid": NUMBER, "min_value": NUMBER},
            )  # fmt: skip
            self.fields[f"{code}_unit"] = forms.ChoiceField(
                required=False, choices=[("weeks", "weeks"), ("days", "days")]
            )

    def clean_as_of(self) -> date:
        """A day that has come."""
        found: date = self.cleaned_data["as_of"]
        if found > self._today:
            raise forms.ValidationError("This day has not come yet. Write the day it was so.")
        return found

    def clean(self) -> dict[str, Any]:
        """No wait is longer than three years, and something is written."""
        given = super().clean() or self.cleaned_data
        for code in self._options:
            number, unit = given.get(code), given.get(f"{code}_unit") or "weeks"
            if number is not None and number > LONGEST[unit]:
                self.add_error(code, f"At most {LONGEST[unit]} {unit} can be written here.")
        if not self.errors and not self.days:
            raise forms.ValidationError("Nothing was written: enter at least one wait.")
        return given

    @property
    def days(self) -> dict[str, int]:
        """What was written, in days, by the option's code."""
        found = {}
        for code in self._options:
            number = self.cleaned_data.get(code)
            if number is not None:
                found[code] = number * (1 if self.cleaned_data.get(f"{code}_unit") == "days" else 7)
        return found
