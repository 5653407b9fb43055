"""Services, tablets and clinic days."""

from datetime import date, time
from typing import Any

from django import forms

from imparts.administration.forms.at_service import AtService
from imparts.design.form_words import DAYS, TIMES, choice_errors, text_errors

PARTS = (("morning", "Morning"), ("afternoon", "Afternoon"))
AFTERNOON_FROM = time(13)


class ServiceForm(forms.Form):
    """A service's name, and where it is."""

    name = forms.CharField(
        label="Name", max_length=120,
        error_messages=text_errors("Write the service's name, for example Rheumatology."),
    )  # fmt: skip
    site = forms.CharField(
        label="Hospital or site", max_length=120, required=False, error_messages=text_errors("")
    )


class TabletName(forms.Form):
    """The name that is written on a tablet."""

    name = forms.CharField(
        label="Name", max_length=40,
        error_messages=text_errors("Write the name that stands on the tablet, like Tablet 1."),
    )  # fmt: skip


class NewTablet(TabletName, AtService):
    """A tablet, by its name."""


class TabletForm(TabletName):
    """How a tablet is called and how it begins."""

    one_tap = forms.BooleanField(label="One tap answers and goes on", required=False)
    left_hand = forms.BooleanField(label="Laid out for the left hand", required=False)


class StartAndRoom(forms.Form):
    """When a clinic starts, and where."""

    starts_at = forms.TimeField(
        label="Starts at", input_formats=TIMES,
        error_messages={
            "required": "Write when it starts, like 09:00.",
            "invalid": "Write when it starts like 09:00 or 13:30.",
        },
    )  # fmt: skip
    place = forms.CharField(
        label="Room or waiting area", max_length=80, required=False, error_messages=text_errors("")
    )


class NewClinic(StartAndRoom, AtService):
    """One sitting of a service's clinic on one day."""

    held_on = forms.DateField(
        label="Day", input_formats=DAYS,
        error_messages={
            "required": "Choose the day of the clinic.",
            "invalid": "Write the day like 24/11/2026.",
        },
    )  # fmt: skip
    part = forms.ChoiceField(
        label="Part of the day", choices=PARTS,
        error_messages=choice_errors("Choose morning or afternoon."),
    )  # fmt: skip
    field_order = ("service", "held_on", "part", "starts_at", "place")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_held_on(self) -> date:
        """A clinic that is planned lies ahead."""
        on: date = self.cleaned_data["held_on"]
        if on < self.today:
            raise forms.ValidationError("This day is past. Choose today or a later day.")
        if (on - self.today).days > 731:
            raise forms.ValidationError("This day is more than two years ahead. Check the year.")
        return on

    def clean(self) -> dict[str, Any]:
        """A morning clinic starts before 13:00, an afternoon clinic at 13:00 or later."""
        given = super().clean() or self.cleaned_data
        starts, part = given.get("starts_at"), given.get("part")
        if starts and part and (starts < AFTERNOON_FROM) != (part == "morning"):
            self.add_error(
                "starts_at",
                "A morning clinic starts before 13:00 and an afternoon clinic at 13:00 or later.",
            )
        return given
