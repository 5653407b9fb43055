"""Handing an alert to someone else, and each attempt to reach a patient who has left."""

from collections.abc import Iterable
from typing import Any

from django import forms

from imparts.design.form_words import choice_errors, text_errors
from imparts.pathways.said_and_done import ATTEMPTS


class HandOn(forms.Form):
    """To whom, and why. The clock goes on until they have taken it."""

    to = forms.ChoiceField(
        label="To whom", error_messages=choice_errors("Choose one of the people shown.")
    )
    why = forms.CharField(
        label="Why", max_length=300,
        error_messages=text_errors("Say why, for example: my clinic ends at 12:30."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(pk), words) for pk, words in people]


class Attempt(forms.Form):
    """One attempt to reach a patient who has left: how, and what came of it."""

    how = forms.ChoiceField(
        label="Who was tried",
        choices=list(ATTEMPTS.items()),
        error_messages=choice_errors("Choose who was tried."),
    )
    outcome = forms.CharField(
        label="What came of it", max_length=300,
        error_messages=text_errors("Say what came of it, for example: no answer."),
    )  # fmt: skip
