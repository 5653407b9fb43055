"""What may be typed and ticked when a pack is composed, signed or started, or a file brought in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y"]
NO_DAY = "Write the day like 24/11/2026."
NOT_THERE = "This is not one of the choices. Choose again."
EMPTY_CHARACTER = "Take out the empty character."
LONGEST_WAIT = 3660
STATEMENT = "I have read what stands here, and I stand for its use at this site."


def typed_words(said: str, *, most: int, required: bool = True) -> forms.CharField:
    """Words of at most so many characters; `said` asks for them when they are missing."""
    return forms.CharField(
        max_length=most,
        required=required,
        error_messages={
            "required": said,
            "max_length": f"This is too long. At most {most} characters can be kept.",
            "null_characters_not_allowed": EMPTY_CHARACTER,
        },
    )


class Said(forms.Form):
    """A form that can say what is wrong with it, field by field, in sentences."""

    @property
    def wrong(self) -> dict[str, str]:
        """The first thing that is wrong with each field."""
        return {name: str(errors[0]) for name, errors in self.errors.items()}


class NewPack(Said):
    """A new pack: under which name, for which service, and from which pack it is copied."""

    name = typed_words("Give the pack a name, such as Rheumatology outpatients.", most=120)
    service = forms.ModelChoiceField(
        queryset=None,
        error_messages={
            "required": "Choose the service that it is for.", "invalid_choice": NOT_THERE,
        },
    )  # fmt: skip

    def __init__(self, data: Any = None, *, services: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["service"].queryset = services


class DraftFacts(Said):
    """What a draft says beside its questions; empty fields may wait until it is handed in."""

    name = typed_words("Give the pack a name, such as Rheumatology outpatients.", most=120)
    illness_words = typed_words("", most=120, required=False)
    asks_who_helps = forms.BooleanField(required=False)
    sources = typed_words("", most=2000, required=False)
    next_review = forms.DateField(
        input_formats=DAYS, error_messages={"required": NO_DAY, "invalid": NO_DAY}
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_next_review(self) -> date:
        """A review lies ahead."""
        on: date = self.cleaned_data["next_review"]
        if on <= self.today:
            raise forms.ValidationError("The next review lies ahead. Give a later day.")
        return on


class Rows(forms.Form):
    """The rows of a draft: the name of each part, and how often each instrument is asked."""

    def __init__(self, data: Any, *, parts: int, keys: Iterable[str]) -> None:
        super().__init__(data)
        self.parts, self.keys = parts, tuple(keys)
        for number in range(parts):
            self.fields[f"part-{number}"] = typed_words(
                "Give the part a name in the patient's words, such as Mood.", most=40
            )
        for key in self.keys:
            self.fields[f"often-{key}"] = forms.IntegerField(
                min_value=0,
                max_value=LONGEST_WAIT,
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), NOT_THERE
                ),
            )

    @property
    def wrong(self) -> dict[str, str]:
        """The first thing that is wrong with each field."""
        return {name: str(errors[0]) for name, errors in self.errors.items()}

    @property
    def part_names(self) -> list[str]:
        """The names of the parts, in order."""
        return [self.cleaned_data[f"part-{number}"].strip() for number in range(self.parts)]

    @property
    def days(self) -> dict[str, int]:
        """After how many days each instrument is asked again."""
        return {key: self.cleaned_data[f"often-{key}"] for key in self.keys}


class LookFor(Said):
    """What is looked for among the instruments; nothing shows all."""

    looked_for = typed_words("", most=60, required=False)


class Signing(Said):
    """A signature: what is signed, the statement ticked, and what else there is to say."""

    stands_for_it = forms.BooleanField(
        error_messages={"required": "Tick the statement. Without it nothing is signed."}
    )
    remark = typed_words("", most=600, required=False)
    contents = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": "Tick what you have read and want to sign.", "invalid_choice": NOT_THERE,
        },
    )  # fmt: skip

    def __init__(self, data: Any = None, *, contents: Iterable[int]) -> None:
        super().__init__(data)
        self.fields["contents"].choices = [(str(one), "") for one in contents]

    @property
    def read(self) -> dict[int, str]:
        """What the page showed of each version that is signed, as a mark; "" when it says none."""
        return {one: self.data.get(f"read-{one}", "") for one in self.cleaned_data["contents"]}

    @property
    def statement(self) -> str:
        """The words that are kept with the signature."""
        remark = self.cleaned_data["remark"].strip()
        return f"{STATEMENT} {remark}".strip()


class Starting(Said):
    """From which day, and at which services."""

    from_on = forms.DateField(
        input_formats=DAYS, error_messages={"required": NO_DAY, "invalid": NO_DAY}
    )
    services = forms.ModelMultipleChoiceField(
        queryset=None,
        error_messages={
            "required": "Choose at least one service.", "invalid_choice": NOT_THERE,
            "invalid_pk_value": NOT_THERE, "invalid_list": NOT_THERE,
        },
    )  # fmt: skip

    def __init__(self, data: Any = None, *, services: Any, today: date) -> None:
        super().__init__(data)
        self.fields["services"].queryset = services
        self.today = today

    def clean_from_on(self) -> date:
        """Today or later: what was asked before is as it was."""
        on: date = self.cleaned_data["from_on"]
        if on < self.today:
            raise forms.ValidationError("This day is in the past. Choose today or a later day.")
        return on


class OnlyWhen(Said):
    """The answers after which an instrument is asked."""

    answers = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": "Tick at least one answer, or ask it always.", "invalid_choice": NOT_THERE,
        },
    )  # fmt: skip

    def __init__(self, data: Any = None, *, answers: Iterable[int]) -> None:
        super().__init__(data)
        self.fields["answers"].choices = [(str(one), "") for one in answers]
