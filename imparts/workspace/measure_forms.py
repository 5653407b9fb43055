"""What may be typed of a person: one physical measure, one diagnosis, one treatment or event."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from imparts.design.form_words import DAYS, text_errors
from imparts.library import queries as library
from imparts.rules.diagnoses import LONGEST

if TYPE_CHECKING:
    from imparts.organisations.models import Service

COURSE, EVENT = "course", "event"
KINDS = ((COURSE, "A course"), (EVENT, "An event"))
NUMBER = "Type a number with digits, such as 4.6."


def day_field(label: str, missing: str, *, required: bool = True) -> forms.DateField:
    """A day, in any way that people write one."""
    return forms.DateField(
        label=label, required=required, input_formats=DAYS,
        error_messages={"required": missing, "invalid": "Write the day like 24/11/2026."},
    )  # fmt: skip


def number_field(label: str, missing: str, *, required: bool = True) -> forms.DecimalField:
    """A number; a comma is read as a point."""
    return forms.DecimalField(
        label=label, required=required, max_digits=9, decimal_places=3,
        error_messages={
            "required": missing, "invalid": NUMBER, "max_digits": NUMBER,
            "max_whole_digits": NUMBER, "max_decimal_places": NUMBER,
        },
    )  # fmt: skip


class AtService(forms.Form):
    """At which of the services of whoever asks."""

    service = forms.TypedChoiceField(
        label="Service", coerce=int,
        error_messages={"required": "Choose a service.", "invalid_choice": "Choose a service."},
    )  # fmt: skip

    def __init__(self, *args: Any, services: "Iterable[Service]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = {each.pk: each for each in services}
        self.fields["service"].choices = [(pk, str(each)) for pk, each in self.services.items()]

    def chosen_service(self) -> "Service":
        """The service that was chosen; ask once the form is valid."""
        return self.services[self.cleaned_data["service"]]


class OneMeasure(AtService):
    """One physical measure: what, which number, when."""

    code = forms.ChoiceField(
        label="Measure",
        error_messages={"required": "Choose a measure.", "invalid_choice": "Choose a measure."},
    )
    value = number_field("Number", "Type the number.")
    second = number_field("Lower number", "", required=False)
    measured_on = day_field("Measured on", "Choose the day of the measurement.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = library.physical_measures().values()
        self.fields["code"].choices = [(kind.id, kind.in_full) for kind in kinds]

    def typed(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        found = self.cleaned_data
        second: Decimal | None = found["second"]
        return {
            "code": found["code"], "value": found["value"], "second_value": second,
            "measured_on": found["measured_on"],
        }  # fmt: skip


SYSTEMS = (("", "No code"), ("ICD-10", "ICD-10"), ("SNOMED CT", "SNOMED CT"))


class OneDiagnosis(AtService):
    """One diagnosis: what, perhaps under which code, perhaps since when."""

    words = forms.CharField(
        label="Diagnosis", max_length=LONGEST,
        error_messages=text_errors("Write what the diagnosis is, such as Rheumatoid arthritis."),
    )  # fmt: skip
    system = forms.ChoiceField(
        label="Kind of code", choices=SYSTEMS, required=False,
        error_messages={"invalid_choice": "Choose one that is listed, or no code."},
    )  # fmt: skip
    code = forms.CharField(
        label="Code", max_length=40, required=False, error_messages=text_errors()
    )
    diagnosed_on = day_field("Since", "", required=False)

    def clean(self) -> dict[str, Any]:
        """A code and its kind come together, or not at all."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("code") and not found.get("system"):
            self.add_error("system", "Choose which kind of code this is, or leave the code out.")
        elif found.get("system") and not found.get("code") and "code" not in self.errors:
            self.add_error("code", "Type the code, or choose no code.")
        return found

    def typed(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        return {
            name: self.cleaned_data[name] for name in ("words", "system", "code", "diagnosed_on")
        }


class OneTreatment(AtService):
    """One treatment or event: what, which kind, from when, perhaps until when."""

    option = forms.ChoiceField(
        label="Which", required=False,
        error_messages={"invalid_choice": "Choose one that is listed, or none of them."},
    )  # fmt: skip
    what = forms.CharField(
        label="What, as it will stand over the graph", max_length=120,
        error_messages={
            "required": "Write what it is, such as Talking Therapies, 8 sessions.",
            "max_length": "This is too long. Write at most %(limit_value)d letters; you wrote "
            "%(show_value)d.",
            "null_characters_not_allowed": "Take out the empty character.",
        },
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="What kind", choices=KINDS,
        error_messages={"required": "Choose a course or an event.",
                        "invalid_choice": "Choose a course or an event."},
    )  # fmt: skip
    began_on = day_field("From, or on", "Choose the day that it began or was on.")
    ended_on = day_field("Until, if it has ended", "", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = library.options().values()
        self.fields["option"].choices = [
            ("", "None of these"),
            *((o.code, o.name) for o in options),
        ]

    def clean(self) -> dict[str, Any]:
        """An event has no end; a course does not end before it began."""
        found: dict[str, Any] = super().clean() or {}
        began: date | None = found.get("began_on")
        ended: date | None = found.get("ended_on")
        if ended and found.get("kind") == EVENT:
            self.add_error("ended_on", "An event is on one day. Leave this empty.")
        elif ended and began and ended < began:
            self.add_error("ended_on", "This is before it began. Choose that day or a later one.")
        return found
