"""Services, tablets and clinic days."""

from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING, Any

from django import forms

from imparts.administration.forms.words import DAYS, text_errors

if TYPE_CHECKING:
    from imparts.organisations.models import Service

CHOOSE_SERVICE = "Choose the service."
PARTS = (("morning", "Morning"), ("afternoon", "Afternoon"))
NOON = time(13)


class ServiceForm(forms.Form):
    """A service's name, and where it is."""

    name = forms.CharField(
        label="Name", max_length=120,
        error_messages=text_errors("Write the service's name, for example Rheumatology."),
    )  # fmt: skip
    site = forms.CharField(
        label="Hospital or site", max_length=120, required=False, error_messages=text_errors("")
    )


class _AtService(forms.Form):
    """Something that belongs to one of the services that the asker sets up."""

    service = forms.TypedChoiceField(
        label="Service", coerce=int,
        error_messages={"required": CHOOSE_SERVICE, "invalid_choice": CHOOSE_SERVICE},
    )  # fmt: skip

    def __init__(self, *args: Any, services: "Iterable[Service]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [(each.pk, str(each)) for each in services]


class NewTablet(_AtService):
    """A tablet, by the name that is written on it."""

    name = forms.CharField(
        label="Name", max_length=40,
        error_messages=text_errors("Write the name that stands on the tablet, like Tablet 1."),
    )  # fmt: skip


class TabletForm(forms.Form):
    """How a tablet is called and how it begins."""

    name = forms.CharField(
        label="Name", max_length=40,
        error_messages=text_errors("Write the name that stands on the tablet, like Tablet 1."),
    )  # fmt: skip
    one_tap = forms.BooleanField(label="One tap answers and goes on", required=False)
    left_hand = forms.BooleanField(label="Laid out for the left hand", required=False)


class StartAndRoom(forms.Form):
    """When a clinic starts, and where."""

    starts_at = forms.TimeField(
        label="Starts at", input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages={
            "required": "Write when it starts, like 09:00.",
            "invalid": "Write when it starts like 09:00 or 13:30.",
        },
    )  # fmt: skip
    place = forms.CharField(
        label="Room or waiting area", max_length=80, required=False, error_messages=text_errors("")
    )


class NewClinic(StartAndRoom, _AtService):
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
        error_messages={
            "required": "Choose morning or afternoon.",
            "invalid_choice": "Choose morning or afternoon.",
        },
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
        if starts and part and (starts < NOON) != (part == "morning"):
            self.add_error(
                "starts_at",
                "A morning clinic starts before 13:00 and an afternoon clinic at 13:00 or later.",
            )
        return given
