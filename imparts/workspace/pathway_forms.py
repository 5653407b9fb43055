"""What may be typed about a pathway: scores, a step, a signature, a comment, a capacity."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from imparts.authoring.forms.composing import DAYS, NOT_THERE, Said, typed_words
from imparts.rules.pathways.edits import Scores, StepTyped
from imparts.rules.pathways.in_rows import Reached
from imparts.rules.pathways.options import Option
from imparts.rules.scoring.change import plain

NO_DAY = "Write the day like 24/11/2026: today or later."
SIGN, SEND_BACK = "sign", "send_back"
LIMIT, NO_LIMIT = "limit", "no_limit"
LONGEST_REASON = 900


class Revision(Said):
    """The revision of the draft that the page showed."""

    revision = forms.IntegerField(
        min_value=1, error_messages=dict.fromkeys(("required", "invalid", "min_value"), NOT_THERE)
    )


class ScoresTyped(Revision):
    """A threshold within the scale of its measure, and the words of its reason."""

    def __init__(self, data: Any, *, reached: Sequence[Reached]) -> None:
        super().__init__(data)
        self.reached = tuple(reached)
        for number, one in enumerate(self.reached, start=1):
            if one.threshold is not None:
                self.fields[f"from-{number}"] = _score(one)
            self.fields[f"because-{number}"] = typed_words(
                "Say why, such as: low mood is 15 or more.", most=120
            )

    @property
    def typed(self) -> tuple[Scores, ...]:
        """What was typed beside each measure."""
        return tuple(
            Scores(
                one.triggers,
                self.cleaned_data.get(f"from-{number}"),
                self.cleaned_data[f"because-{number}"],
            )
            for number, one in enumerate(self.reached, start=1)
        )


def _score(one: Reached) -> forms.DecimalField:
    low, high = one.lowest or Decimal(0), one.highest or Decimal(100)
    said = f"{one.measure}: write a score from {plain(low)} to {plain(high)}."
    wrong = ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places",
             "max_whole_digits")  # fmt: skip
    return forms.DecimalField(
        min_value=low, max_value=high, max_digits=8, decimal_places=2,
        error_messages=dict.fromkeys(wrong, said),
    )  # fmt: skip


class StepForm(Revision):
    """One step: what is offered, in which words, by whom, within what time."""

    options = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": NOT_THERE, "invalid_list": NOT_THERE},
    )
    verb_first = typed_words("Say what to do, such as: Liaison psychiatry.", most=80)
    text = typed_words("", most=300, required=False)
    responsible = typed_words("Say who does it, such as: clinician of the visit.", most=80)
    within = typed_words("Say within what time, such as: 2 weeks.", most=40)
    source = typed_words("Say what it rests on; local choice is an answer too.", most=200)

    def __init__(self, data: Any, *, options: Mapping[str, Option]) -> None:
        super().__init__(data)
        self.fields["options"].choices = [(code, one.name) for code, one in options.items()]

    @property
    def typed(self) -> StepTyped:
        """What was typed."""
        kept = self.cleaned_data
        return StepTyped(
            tuple(kept["options"]), kept["verb_first"], kept["text"], kept["responsible"],
            kept["within"], kept["source"],
        )  # fmt: skip


class HandIn(Revision):
    """The clinical lead's reason."""

    reason = typed_words(
        "Say why, in a sentence; everyone who signs reads it.", most=LONGEST_REASON
    )


class Comment(Said):
    """What somebody says of a draft."""

    text = typed_words("Write what you want to say.", most=1000)


class PathwaySigning(Said):
    """A signature or a way back; nothing is chosen before."""

    content = forms.IntegerField(error_messages={"required": NOT_THERE, "invalid": NOT_THERE})
    decision = forms.ChoiceField(
        choices=[(SIGN, ""), (SEND_BACK, "")],
        error_messages={
            "required": "Choose whether you sign or send it back.", "invalid_choice": NOT_THERE,
        },
    )  # fmt: skip
    reason = typed_words("", most=LONGEST_REASON, required=False)
    live_from = forms.DateField(
        required=False, input_formats=DAYS, error_messages={"invalid": NO_DAY}
    )
    read = forms.CharField(required=False, max_length=200)

    def __init__(self, data: Any, *, today: date, is_last: bool) -> None:
        super().__init__(data)
        self.today, self.is_last = today, is_last

    def clean(self) -> dict[str, Any]:
        """What one decision needs the other does not."""
        kept: dict[str, Any] = super().clean() or {}
        if kept.get("decision") == SEND_BACK and not kept.get("reason", "").strip():
            self.add_error("reason", "Say why it is sent back; its author reads that.")
        if kept.get("decision") == SIGN and self.is_last and "live_from" not in self.errors:
            live_from = kept.get("live_from")
            if live_from is None or live_from < self.today:
                self.add_error("live_from", NO_DAY)
        return kept


class GoingBack(Said):
    """Which earlier version comes back, and why."""

    content = forms.TypedChoiceField(
        coerce=int,
        error_messages={
            "required": "Choose the version to go back to.", "invalid_choice": NOT_THERE,
        },
    )  # fmt: skip
    reason = typed_words("Say why the service goes back.", most=LONGEST_REASON)

    def __init__(self, data: Any, *, earlier: Collection[int]) -> None:
        super().__init__(data)
        self.fields["content"].choices = [(str(pk), "") for pk in earlier]


class CapacityTyped(Said):
    """How many people a week an option can take, and who said so."""

    limit = forms.ChoiceField(
        choices=[(LIMIT, ""), (NO_LIMIT, "")],
        error_messages={
            "required": "Choose a number of people a week, or no limit.",
            "invalid_choice": NOT_THERE,
        },
    )
    a_week = forms.DecimalField(
        required=False, min_value=0, max_value=1000, max_digits=6, decimal_places=1,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places",
             "max_whole_digits"),
            "Write a number of people a week from 0 to 1000, such as 4 or 3.5.",
        ),
    )  # fmt: skip
    stated_by = typed_words("Say who stated it: a name and a post.", most=120)

    def clean(self) -> dict[str, Any]:
        """A limit is a number."""
        kept: dict[str, Any] = super().clean() or {}
        needs_number = kept.get("limit") == LIMIT and "a_week" not in self.errors
        if needs_number and kept.get("a_week") is None:
            self.add_error("a_week", "Write how many people a week, such as 4 or 3.5.")
        return kept

    @property
    def stated(self) -> Decimal | None:
        """The number; None when there is no limit."""
        return self.cleaned_data["a_week"] if self.cleaned_data["limit"] == LIMIT else None
