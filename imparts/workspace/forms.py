"""What may be typed on the workspace's own pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from imparts.design.form_words import DAYS
from imparts.pathways.queries import LedgerFilter, Name

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


class LedgerForm(forms.Form):
    """The filters of the alert ledger; what is left empty is not asked."""

    service = forms.ChoiceField(label="Service", required=False)
    tier = forms.ChoiceField(
        label="Tier", required=False, choices=[("", "All"), ("A", "A"), ("B", "B"), ("C", "C")]
    )
    state = forms.ChoiceField(label="State", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    overdue = forms.BooleanField(label="Overdue only", required=False)

    def __init__(
        self, *args: Any, services: Iterable[tuple[int, str]], owners: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [("", "All"), *((str(pk), name) for pk, name in services)]
        states = [
            (str(name), name.label)
            for name in (
                Name.RAISED, Name.DELIVERED, Name.SEEN, Name.ESCALATED, Name.ACKNOWLEDGED,
                Name.HANDED_ON, Name.CLOSED,
            )
        ]  # fmt: skip
        self.fields["state"].choices = [("", "All"), ("open", "Open"), *states]
        self.fields["owner"].choices = [("", "All"), *owners]
        for name, label in (("from", "From"), ("until", "Until")):
            self.fields[name] = forms.DateField(
                label=label, required=False, input_formats=DAYS,
                error_messages={"invalid": "Write the day like 24/11/2026."},
            )  # fmt: skip
        for field in ("service", "tier", "state", "owner"):
            self.fields[field].error_messages["invalid_choice"] = "Choose one of those shown."
        self.order_fields(["service", "tier", "state", "owner", "from", "until", "overdue"])

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("from"), given.get("until")
        if first and last and last < first:
            self.add_error("until", "The last day is before the first. Give a later one.")
        return given

    def wanted(self, *, from_on: date) -> LedgerFilter:
        """The filters; the days begin with `from_on` when no first day is given."""
        given = self.cleaned_data
        return LedgerFilter(
            service=int(given["service"]) if given["service"] else None,
            tier=given["tier"], state=given["state"], owner=given["owner"],
            from_on=given["from"] or from_on, until_on=given["until"], overdue=given["overdue"],
        )  # fmt: skip
