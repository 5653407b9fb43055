"""The finding: forty courses and more, and the words that stand over each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from imparts.rules.trends.definition import Course, PlotPoint, Series, Unscored
from imparts.rules.trends.finding import finding
from tests.rules.trends.courses import (
    AMARA,
    AMARAS_WORRY,
    ENERGY,
    GAD7,
    PAIN,
    PHQ9,
    SKIN,
    TODAY,
    WEIGHT,
    course,
    points,
)

JAN, MAR, MAY = date(2026, 1, 13), date(2026, 3, 17), date(2026, 5, 19)
JUN, NOV = date(2026, 6, 16), date(2026, 11, 3)
OLD = date(2025, 6, 17)
MORE = "(more than chance change)"
UNKNOWN = "how much of that is chance is not known"


def versions(scale, first, second):
    """Two versions, one after the other."""
    return Course(scale, (Series(points(*first), "1"), Series(points(*second), "2")))


def unscored(of, on, answered, asked=9):
    """A course with a visit that gave no score."""
    return replace(of, unscored=(Unscored(on, answered, asked),))


CASES = [
    # Beyond chance, within it, and exactly at it
    (AMARA, f"Low mood: worse by 8 since June {MORE}"),
    (AMARAS_WORRY, "Worry: about the same since June"),
    (course(PHQ9, (JAN, "16"), (TODAY, "8")), f"Low mood: improved by 8 since January {MORE}"),
    (course(PHQ9, (JUN, "6"), (TODAY, "12")), f"Low mood: worse by 6 since June {MORE}"),
    (course(PHQ9, (JUN, "6"), (TODAY, "11")), "Low mood: about the same since June"),
    (course(PHQ9, (JUN, "12"), (TODAY, "6")), f"Low mood: improved by 6 since June {MORE}"),
    (course(PHQ9, (JUN, "12"), (TODAY, "7")), "Low mood: about the same since June"),
    (course(PHQ9, (JUN, "6"), (TODAY, "6")), "Low mood: about the same since June"),
    (course(PHQ9, (JUN, "0"), (TODAY, "27")), f"Low mood: worse by 27 since June {MORE}"),
    (course(GAD7, (JUN, "8"), (TODAY, "12")), f"Worry: worse by 4 since June {MORE}"),
    (course(GAD7, (JUN, "8"), (TODAY, "11")), "Worry: about the same since June"),
    # How far back, as one says it
    (course(PHQ9, (NOV, "6"), (TODAY, "14")), f"Low mood: worse by 8 since 3 November {MORE}"),
    (course(PHQ9, (OLD, "6"), (TODAY, "14")), f"Low mood: worse by 8 since June 2025 {MORE}"),
    (course(PHQ9, (NOV, "6"), (TODAY, "7")), "Low mood: about the same since 3 November"),
    (course(PHQ9, (TODAY, "6"), (TODAY, "14")),
     f"Low mood: worse by 8 since earlier that day {MORE}"),
    # Higher is better
    (course(ENERGY, (JUN, "20"), (TODAY, "30")), f"Energy: improved by 10 since June {MORE}"),
    (course(ENERGY, (JUN, "30"), (TODAY, "20")), f"Energy: worse by 10 since June {MORE}"),
    (course(ENERGY, (JUN, "30"), (TODAY, "33")), "Energy: about the same since June"),
    # A change that is usually noticed, where no reliable change is published
    (course(PAIN, (JUN, "4"), (TODAY, "7")),
     "Pain: worse by 3 since June (2 or more counts as a change)"),
    (course(PAIN, (JUN, "7"), (TODAY, "5")),
     "Pain: improved by 2 since June (2 or more counts as a change)"),
    (course(PAIN, (JUN, "4"), (TODAY, "5")), "Pain: about the same since June"),
    # Nothing known of chance: neither better nor worse
    (course(SKIN, (JUN, "4"), (TODAY, "14")), f"Skin: 10 higher since June; {UNKNOWN}"),
    (course(SKIN, (JUN, "14"), (TODAY, "4")), f"Skin: 10 lower since June; {UNKNOWN}"),
    (course(SKIN, (JUN, "14"), (TODAY, "14")), "Skin: the same number since June"),
    # No direction: higher or lower, with the unit
    (course(WEIGHT, (JUN, "80"), (TODAY, "83.2")), f"Weight: 3.2 kg higher since June; {UNKNOWN}"),
    (course(WEIGHT, (JUN, "80"), (TODAY, "80")), "Weight: the same number since June"),
    (course(replace(WEIGHT, chance=Decimal(5)), (JUN, "80"), (TODAY, "90")),
     f"Weight: 10 kg higher since June {MORE}"),
    (course(replace(WEIGHT, chance=Decimal(5)), (JUN, "80"), (TODAY, "82")),
     "Weight: about the same since June"),
    # Decimals
    (course(replace(PHQ9, chance=Decimal("1.2")), (JUN, "2.9"), (TODAY, "4.6")),
     f"Low mood: worse by 1.7 since June {MORE}"),
    (course(replace(PHQ9, chance=Decimal("1.2")), (JUN, "2.9"), (TODAY, "4.0")),
     "Low mood: about the same since June"),
    # The first score
    (course(PHQ9, (TODAY, "14")), "Low mood: first score, 14 of 27, moderate"),
    (course(SKIN, (TODAY, "4")), "Skin: first score, 4 of 30"),
    (course(WEIGHT, (TODAY, "80.5")), "Weight: first score, 80.5 kg"),
    # The agreed baseline
    (course(PHQ9, (MAR, "16"), (JUN, "8"), (TODAY, "14"), baseline=1),
     "Low mood: about the same since March"),
    (course(PHQ9, (MAR, "16"), (JUN, "8"), (TODAY, "14"), baseline=2),
     f"Low mood: worse by 6 since June {MORE}"),
    (course(PHQ9, (MAR, "16"), (TODAY, "8"), baseline=2),
     "Low mood: 8 of 27, mild, the agreed baseline"),
    (course(PHQ9, (MAR, "~16 14-20"), (JUN, "8"), (TODAY, "14"), baseline=1),
     f"Low mood: worse by 6 since June {MORE}"),
    # Estimates are compared with nothing, and nothing with them
    (course(PHQ9, (JUN, "6"), (TODAY, "~14 11-17")),
     "Low mood: estimated 14, could be 11 to 17; an estimate is not compared"),
    (course(PHQ9, (JUN, "~6 5-8"), (TODAY, "14")),
     "Low mood: 14 of 27, moderate; only estimates before, which are not compared"),
    (course(PHQ9, (MAR, "6"), (JUN, "~20 18-24"), (TODAY, "14")),
     f"Low mood: worse by 8 since March {MORE}"),
    (course(PHQ9, (JUN, "~6 5-8"), (TODAY, "~14 11-17")),
     "Low mood: estimated 14, could be 11 to 17; an estimate is not compared"),
    # Another version is another series
    (versions(PHQ9, [(MAR, "6")], [(TODAY, "14")]),
     "Low mood: 14 of 27, moderate, the first with this version; older ones are not compared"),
    (versions(PHQ9, [(MAR, "6")], [(JUN, "16"), (TODAY, "14")]),
     "Low mood: about the same since June"),
    # Not today
    (course(PHQ9, (MAR, "6"), (JUN, "14")), f"Low mood in June: worse by 8 since March {MORE}"),
    (course(PHQ9, (JUN, "6"), (NOV, "7")), "Low mood on 3 November: about the same since June"),
    (course(PHQ9, (OLD, "7")), "Low mood in June 2025: first score, 7 of 27, mild"),
    # No score
    (Course(PHQ9), "Low mood: no score yet"),
    (unscored(Course(PHQ9), TODAY, 3), "Low mood: no score today, 3 of 9 answered"),
    (unscored(Course(PHQ9), JUN, 3), "Low mood: no score in June, 3 of 9 answered"),
    (unscored(course(PHQ9, (JUN, "6")), TODAY, 3), "Low mood: no score today, 3 of 9 answered"),
    (unscored(course(PHQ9, (JUN, "6")), TODAY, 0), "Low mood: not answered today"),
    (unscored(course(PHQ9, (JUN, "6"), (TODAY, "14")), MAR, 2),
     f"Low mood: worse by 8 since June {MORE}"),
]  # fmt: skip


@pytest.mark.parametrize(("of", "said"), CASES, ids=[said for _, said in CASES])
def test_the_finding_says_what_the_course_shows(of, said):
    assert finding(of, today=TODAY).words == said


def test_there_are_at_least_forty_cases():
    assert len(CASES) >= 40


def test_better_and_worse_are_never_said_within_chance():
    for scale in (PHQ9, GAD7, ENERGY, PAIN):
        for before in range(0, 11):
            for now in range(0, 11):
                said = finding(course(scale, (JUN, str(before)), (TODAY, str(now))), today=TODAY)
                beyond = scale.chance is not None and abs(now - before) >= scale.chance
                assert ("worse" in said.said or "improved" in said.said) == beyond


def test_a_pair_is_said_with_both_numbers():
    pair = PlotPoint(TODAY, Decimal(128), id=1, second=Decimal(82))
    said = finding(Course(replace(WEIGHT, unit="mmHg"), (Series((pair,)),)), today=TODAY)
    assert said.said == "first score, 128/82 mmHg"
