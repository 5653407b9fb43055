"""Recording what was done about an alert: what may be typed, in the words of REFERENCE 3.2.

Nothing is pre-chosen, because a pre-chosen answer is an invented record; no score and no grade is
asked for.
"""

from datetime import date
from typing import Any

from django import forms

from imparts.design.form_words import CHOOSE, DAYS, text_errors
from imparts.pathways.said_and_done import ACTIONS, SAFETY_PLAN, TALKED_BY, TOPICS


class WhatWasDone(forms.Form):
    """Who talked, what was done, and who follows up."""

    talked_by = forms.ChoiceField(
        label="Who talked with the patient",
        choices=list(TALKED_BY.items()), required=False, error_messages=CHOOSE,
    )  # fmt: skip
    safety_plan = forms.ChoiceField(
        label="Safety plan",
        choices=list(SAFETY_PLAN.items()),
        required=False,
        error_messages=CHOOSE,
    )
    action = forms.ChoiceField(
        label="What was done", choices=list(ACTIONS.items()), required=False, error_messages=CHOOSE
    )
    reason = forms.CharField(
        label="Reason, or who was told and with what consent",
        max_length=500, required=False, error_messages=text_errors(),
    )  # fmt: skip
    follow_up_on = forms.DateField(
        label="Follow up on",
        required=False,
        input_formats=DAYS,
        error_messages={"invalid": "Write the follow-up date like 24/11/2026."},
    )
    follow_up_by = forms.CharField(
        label="Who follows up", max_length=120, required=False, error_messages=text_errors()
    )

    def __init__(self, *args: Any, today: date, closes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.closes = closes
        for name, label in TOPICS.items():
            self.fields[name] = forms.CharField(
                label=label, max_length=2000, required=False, error_messages=text_errors()
            )

    @property
    def topics(self) -> list[forms.BoundField]:
        """The seven topics of the talk, folded on the page."""
        return [self[name] for name in TOPICS]

    def clean_follow_up_on(self) -> date | None:
        """A follow-up lies ahead."""
        on: date | None = self.cleaned_data["follow_up_on"]
        if on and on < self.today:
            raise forms.ValidationError(
                "The follow-up date is in the past. Give today or a later day."
            )
        return on

    def clean(self) -> dict[str, Any]:
        """To close: a talk, an action and a reason. To keep open: at least one word."""
        said = super().clean() or self.cleaned_data
        if self.closes:
            self._refuse_to_close_without(said)
        elif not self.errors and not any(said.values()):
            self.add_error(
                "talked_by", "Nothing has been filled in yet, so there is nothing to save."
            )
        return said

    def _refuse_to_close_without(self, said: dict[str, Any]) -> None:
        if said.get("talked_by") == "nobody":
            self.add_error(
                "talked_by",
                "The alert cannot be closed before someone has talked with the patient. "
                "Use “Save, keep open”.",
            )
        elif not said.get("talked_by") and "talked_by" not in self.errors:
            self.add_error("talked_by", "Choose who talked with the patient.")
        if not said.get("action") and "action" not in self.errors:
            self.add_error("action", "Choose what was done. Only that can close the alert.")
        if not said.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", "Give the reason, or who was told and with what consent.")

    def details(self) -> dict[str, Any]:
        """What the action stores: only what was filled in, dates as text."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        topics = {name: said.pop(name) for name in TOPICS if name in said}
        if on := said.get("follow_up_on"):
            said["follow_up_on"] = on.isoformat()
        return {**said, "topics": topics} if topics else said
