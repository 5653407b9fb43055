"""What may be kept as a diagnosis, and the sentence for what may not."""

from datetime import date

import pytest

from imparts.rules.diagnoses import LONGEST, why_refused

_TODAY, _BORN = date(2026, 11, 17), date(1961, 3, 14)


def why(words: str = "Psoriasis", code: str = "", system: str = "", on: date | None = None) -> str:
    """Why it is refused; empty when it is not."""
    return why_refused(words, code, system, on, today=_TODAY, born_on=_BORN)


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        ({"words": ""}, "Write what the diagnosis is"),
        ({"words": "x" * (LONGEST + 1)}, "A diagnosis has at most 250"),
        ({"words": "Psori\nasis"}, "A diagnosis is one line"),
        ({"words": "Psori\0asis"}, "A diagnosis is one line"),
        ({"code": "L40"}, "A code needs its system"),
        ({"on": date(2026, 11, 18)}, "The day is still to come"),
        ({"on": date(1961, 3, 13)}, "The day is before this person was born"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(said: dict[str, str], starts: str) -> None:
    assert why(**said).startswith(starts)
    assert why(**said).endswith(".")


def test_words_alone_or_a_code_with_its_system_are_kept() -> None:
    assert why() == ""
    assert why(words="x" * LONGEST, code="L40", system="ICD-10", on=_TODAY) == ""
    assert why(on=_BORN) == ""
