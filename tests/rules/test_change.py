"""Change between two scores: said only beyond chance, and never between estimates (hazard H6)."""

from decimal import Decimal

import pytest

from imparts.rules.scoring.change import change, may_be_compared
from imparts.rules.scoring.score import score
from tests.rules.reference_instruments import shipped


def test_only_complete_scores_are_compared() -> None:
    assert may_be_compared(score(shipped()["phq9"], {f"q{n}": 1 for n in range(1, 10)}))
    assert not may_be_compared(score(shipped()["phq9"], {f"q{n}": 1 for n in range(1, 9)}))
    assert not may_be_compared(score(shipped()["smoking_core"], {"q1": 0}))


@pytest.mark.parametrize(
    ("now", "before", "reliable", "word", "words"),
    [
        (14, 6, 6, "worse", "worse by 8"),
        (12, 6, 6, "worse", "worse by 6"),
        (11, 6, 6, "same", "same (+5)"),
        (6, 6, 6, "same", "same"),
        (3, 6, 4, "same", "same (\N{MINUS SIGN}3)"),
        (2, 6, 4, "better", "better by 4"),
        (5, 3, None, "changed", "changed (+2)"),
        (3, 3, None, "same", "same"),
    ],
)
def test_worse_and_better_are_said_only_beyond_chance(
    now: int, before: int, reliable: int | None, word: str, words: str
) -> None:
    found = change(Decimal(now), Decimal(before), reliable)
    assert (found.word, found.in_words) == (word, words)
    assert found.is_reliable == (word in ("worse", "better"))


def test_where_higher_is_better_a_fall_is_worse() -> None:
    fall = change(Decimal(20), Decimal(30), 5, direction="higher_is_better")
    assert (fall.word, fall.by) == ("worse", -10)
