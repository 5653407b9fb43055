"""A file that is brought in, and the answers about its questions on harm."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms

from imparts.authoring.forms.composing import Said
from imparts.rules.forms.answer_names import named_answers
from imparts.rules.forms.definition import FormItem

LARGEST = 3 * 1024 * 1024
CHOOSE_FILE = "Choose the file to bring in."
NOT_TEXT = (
    "This is not a text file. Bring in the questionnaire itself as FHIR JSON, not a PDF, a Word "
    "file or a picture of it."
)
LONGEST_WORDS = 120
NUMBERS = ("integer", "decimal", "quantity")


class BringIn(Said):
    """One file."""

    file = forms.FileField(
        allow_empty_file=True,
        error_messages={
            "required": CHOOSE_FILE, "missing": CHOOSE_FILE, "invalid": CHOOSE_FILE,
            "max_length": "The name of this file is too long. Give it a shorter name.",
        },
        max_length=200,
    )  # fmt: skip

    def clean_file(self) -> str:
        """The file's text."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            most, has = LARGEST // 1024 // 1024, given.size / 1024 / 1024
            raise forms.ValidationError(
                f"This file has {has:.1f} MB; at most {most} MB can be brought in."
            )
        raw: bytes = given.read()
        if not raw.strip():
            raise forms.ValidationError("This file is empty.")
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(NOT_TEXT) from None


class HarmAnswers:
    """What somebody said about each listed question, read from the page's fields.

    The fields are named by the number of the question, since its own id may hold any character.
    """

    def __init__(
        self, data: Any, questions: tuple[FormItem, ...], *, suspects: Iterable[str]
    ) -> None:
        self.data, self.questions = data, questions
        self.listed = _listed(data, questions, frozenset(suspects))
        self.wrong: dict[str, str] = {}

    def items(self) -> list[dict[str, Any]]:
        """One object a listed question, as the library keeps it; what is wrong is in `wrong`."""
        return list(self._items())

    def _items(self) -> Iterator[dict[str, Any]]:
        for number in self.listed:
            item, said = self.questions[number], self.data.get(f"asks-{number}", "")
            if said not in ("yes", "no"):
                self.wrong[f"asks-{number}"] = (
                    f"Say whether \u201c{_in_brief(item)}\u201d asks about harm."
                )
            elif said == "no":
                yield {"item": item.link_id, "asks_about_harm": False}
            else:
                yield self._yes(number, item)

    def _yes(self, number: int, item: FormItem) -> dict[str, Any]:
        found: dict[str, Any] = {"item": item.link_id, "asks_about_harm": True}
        found["positive"] = self._positive(number, item)
        for name in ("short_words", "words"):
            said = self.data.get(f"{name}-{number}", "").strip()
            if not said or len(said) > LONGEST_WORDS or "\x00" in said:
                self.wrong[f"{name}-{number}"] = (
                    f"Say what the alert of \u201c{_in_brief(item)}\u201d tells staff, in at most "
                    f"{LONGEST_WORDS} characters."
                )
            found[name] = said
        return found

    def _positive(self, number: int, item: FormItem) -> Mapping[str, Any]:
        if not named_answers(item) and item.type not in NUMBERS:
            return {"is_answered": True}
        if item.type in NUMBERS and not item.options:
            return self._from_number(number, item)
        chosen = self.data.getlist(f"counts-{number}")
        offered = [value for value, _ in named_answers(item)]
        if not chosen or not set(chosen) <= set(offered):
            self.wrong[f"counts-{number}"] = (
                f"Tick the answers to \u201c{_in_brief(item)}\u201d that raise an alert."
            )
        return {"is_one_of": chosen}

    def _from_number(self, number: int, item: FormItem) -> Mapping[str, Any]:
        said = self.data.get(f"least-{number}", "").strip()
        try:
            least = float(said)
        except ValueError:
            least = float("nan")
        if not abs(least) < 1e9:
            self.wrong[f"least-{number}"] = (
                f"Say from which number on \u201c{_in_brief(item)}\u201d raises an alert."
            )
            return {"is_answered": True}
        return {"is_at_least": int(least) if least.is_integer() else least}


def _listed(data: Any, questions: tuple[FormItem, ...], suspects: frozenset[str]) -> list[int]:
    also = {int(one) for one in data.getlist("also") if one.isdecimal() and len(one) < 6}
    return [
        number
        for number, item in enumerate(questions)
        if item.link_id in suspects or number in also
    ]


def _in_brief(item: FormItem) -> str:
    words = item.text.strip() or item.link_id
    return words if len(words) <= 60 else f"{words[:60].rstrip()}…"
