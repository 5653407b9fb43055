"""Who answers for alerts: for a day, from a day on, during leave, and by which clocks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from imparts.design.form_words import DAYS, choice_errors, text_errors
from imparts.pathways.alert_words import DUTIES

TIMES = ["%H:%M", "%H.%M", "%H:%M:%S"]
FURTHEST = 366
WEEKDAYS = (
    ("1", "Mon"), ("2", "Tue"), ("3", "Wed"), ("4", "Thu"), ("5", "Fri"), ("6", "Sat"),
    ("7", "Sun"),
)  # fmt: skip
NOBODY = "nobody"
_CHOOSE = ("", "Choose a person")
_CHOOSE_PERSON = "Choose one of the people shown."
People = Iterable[tuple[int, str]]


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, input_formats=DAYS,
        error_messages={
            "required": "Write the day like 24/11/2026.",
            "invalid": "Write the day like 24/11/2026.",
        },
    )  # fmt: skip


def _duty() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Duty", choices=list(DUTIES.items()), error_messages=choice_errors("Choose a duty.")
    )


def _person(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, error_messages=choice_errors(_CHOOSE_PERSON))


class _FromTodayOn(forms.Form):
    """Days that lie ahead, and people of the service; nobody is chosen beforehand."""

    and_also: tuple[tuple[str, str], ...] = ()

    def __init__(self, *args: Any, today: date, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        named = [(str(pk), words) for pk, words in people]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and not field.choices:
                field.choices = [_CHOOSE, *self.and_also, *named]

    def ahead(self, name: str) -> date:
        """The day, which is neither past nor more than a year ahead."""
        on: date = self.cleaned_data[name]
        if on < self.today:
            raise forms.ValidationError("This day is past. Give today or a later day.")
        if (on - self.today).days > FURTHEST:
            raise forms.ValidationError("This day is more than a year ahead. Check the year.")
        return on


class NameForDay(_FromTodayOn):
    """Someone holds a duty on one day."""

    on = _day("Day")
    duty = _duty()
    staff = _person("Who")

    def clean_on(self) -> date:
        """From today on."""
        return self.ahead("on")


class Standing(_FromTodayOn):
    """Someone, or nobody, holds a duty from a day on, unless someone is named for one day."""

    and_also = ((NOBODY, "Nobody"),)
    from_on = _day("From")
    duty = _duty()
    staff = _person("Who")

    def clean_staff(self) -> str:
        """Empty for nobody, which has to be chosen: a press by chance takes no one off."""
        chosen: str = self.cleaned_data["staff"]
        return "" if chosen == NOBODY else chosen

    def clean_from_on(self) -> date:
        """From today on."""
        return self.ahead("from_on")


class Leave(_FromTodayOn):
    """Someone is away, and who stands in wherever they hold a duty."""

    staff = _person("Who is away")
    from_on = _day("From")
    until_on = _day("Until and with")
    covered_by = _person("Who stands in")

    def clean_from_on(self) -> date:
        """From today on."""
        return self.ahead("from_on")

    def clean_until_on(self) -> date:
        """From today on."""
        return self.ahead("until_on")

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and nobody stands in for themselves."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("from_on"), given.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "The last day is before the first. Give a later one.")
        if given.get("staff") and given.get("staff") == given.get("covered_by"):
            self.add_error("covered_by", "Nobody can stand in for themselves. Choose a colleague.")
        return given


class ClocksForm(forms.Form):
    """After how long who is called, when alerts are watched, and what holds outside these hours."""

    deputy_after = forms.IntegerField(label="Deputy after", min_value=1, max_value=240)
    liaison_after = forms.IntegerField(label="Liaison after", min_value=1, max_value=240)
    act_within = forms.IntegerField(label="Taken: record within", min_value=1, max_value=240)
    opens_at = forms.TimeField(label="Watched from", input_formats=TIMES)
    closes_at = forms.TimeField(label="until", input_formats=TIMES)
    weekdays = forms.MultipleChoiceField(label="On", choices=WEEKDAYS)
    unread_by = forms.TimeField(label="To the manager when unread by", input_formats=TIMES)
    out_of_hours = forms.CharField(
        label="What staff do outside these hours", max_length=300,
        error_messages=text_errors("Say what staff do outside these hours."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("deputy_after", "liaison_after", "act_within"):
            say = "Write a number of minutes, like 15."
            field = self.fields[name]
            field.error_messages |= {"required": say, "invalid": say}
            for check in field.validators:
                check.message = "Write a number of minutes from 1 to 240."
        for name in ("opens_at", "closes_at", "unread_by"):
            say = "Write the time like 08:00."
            self.fields[name].error_messages |= {"required": say, "invalid": say}
        say = "Choose the days on which alerts are watched."
        self.fields["weekdays"].error_messages |= {"required": say, "invalid_choice": say}

    def clean(self) -> dict[str, Any]:
        """Liaison comes after the deputy. Hours may run over midnight."""
        given = super().clean() or self.cleaned_data
        deputy, liaison = given.get("deputy_after"), given.get("liaison_after")
        if deputy and liaison and liaison <= deputy:
            self.add_error(
                "liaison_after", "Liaison is called after the deputy. Give more minutes."
            )
        return given
