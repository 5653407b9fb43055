"""PHQ-9 over all 262,144 complete answer patterns, against a second implementation.

The second implementation shares nothing with the product: no file, no shape, no rounding. It was
written from section 2.3 of the clinical reference alone.
"""

from itertools import product

import pytest

from imparts.rules.scoring.score import score
from tests.rules.reference_instruments import shipped

NAMES = tuple(f"q{number}" for number in range(1, 10))
PATTERNS = 4**9
Pattern = tuple[int, ...]
Result = tuple[str, int, str, int, int, tuple[str, ...]]


def second_opinion(pattern: Pattern) -> Result:
    """Status, score, band, bounds and flags of a complete PHQ-9, from the reference's own words."""
    sum_of_nine = sum(pattern)
    band = "severe"
    for name, most in (("none", 4), ("mild", 9), ("moderate", 14), ("moderately_severe", 19)):
        if sum_of_nine <= most:
            band = name
            break
    symptoms = sum(answer > 1 for answer in pattern[:8]) + (pattern[8] > 0)
    has_core_symptom = pattern[0] > 1 or pattern[1] > 1
    flags = []
    if sum_of_nine > 9:
        flags.append("phq9_caseness")
    if pattern[8] > 0:
        flags.append("phq9_item9_positive")
    if has_core_symptom and symptoms >= 5:
        flags.append("phq9_major_depressive_syndrome")
    if has_core_symptom and 2 <= symptoms < 5:
        flags.append("phq9_other_depressive_syndrome")
    return "complete", sum_of_nine, band, sum_of_nine, sum_of_nine, tuple(flags)


def our_result(pattern: Pattern) -> Result:
    """The same of the product."""
    said = score(shipped()["phq9"], dict(zip(NAMES, pattern, strict=True))).as_json()
    return (
        said["status"], said["score"], said["band"], said["lower"], said["upper"],
        tuple(said["flags"]),
    )  # fmt: skip


@pytest.mark.parametrize("first", range(4), ids=lambda first: f"q1={first}")
def test_every_pattern_is_scored_as_the_second_implementation_scores_it(first: int) -> None:
    tried, differing = 0, []
    for rest in product(range(4), repeat=8):
        pattern = (first, *rest)
        tried += 1
        if our_result(pattern) != second_opinion(pattern):
            differing.append(pattern)
    assert tried == PATTERNS // 4
    assert differing == []


def test_the_second_implementation_agrees_with_the_worked_cases_of_the_reference() -> None:
    assert second_opinion((2, 2, 2, 2, 2, 2, 2, 1, 0)) == (
        "complete", 15, "moderately_severe", 15, 15,
        ("phq9_caseness", "phq9_major_depressive_syndrome"),
    )  # fmt: skip
    assert second_opinion((2, 0, 0, 0, 0, 0, 0, 0, 1))[5] == (
        "phq9_item9_positive",
        "phq9_other_depressive_syndrome",
    )
    assert second_opinion((0, 0, 3, 3, 3, 3, 3, 3, 0))[5] == ("phq9_caseness",)


def test_the_comparison_would_notice_one_wrong_band() -> None:
    assert our_result((1,) * 9) == second_opinion((1,) * 9)
    assert our_result((1,) * 9) != second_opinion((1,) * 8 + (2,))
