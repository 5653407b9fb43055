"""NHS Talking Therapies outcomes: the reference's worked cases, their mirror, and denominators."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.rules.statistics.talking_therapies import Course, Rate, outcome, rates
from tests.rules.reference_instruments import REFERENCE

CASES = json.loads((REFERENCE / "talking_therapies_cases.json").read_text("utf-8"))["cases"]
COURSES = st.builds(
    Course,
    phq9_first=st.integers(0, 27),
    gad7_first=st.integers(0, 21),
    phq9_last=st.integers(0, 27),
    gad7_last=st.integers(0, 21),
    treatment_contacts=st.integers(0, 20),
    is_discharged=st.booleans(),
)


def _course(case: dict[str, Any]) -> Course:
    return Course(**{key: case[key] for key in case if key not in ("case", "expect")})


def test_every_worked_case_is_here() -> None:
    assert [case["case"] for case in CASES] == [1, 3, 5, 7, 9, 11, 13, 15]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_a_worked_case_of_the_reference_comes_out(case: dict[str, Any]) -> None:
    found = outcome(_course(case))
    assert {name: getattr(found, name) for name in case["expect"]} == case["expect"]


@given(COURSES)
def test_a_course_is_better_worse_or_neither_and_exactly_one_of_them(course: Course) -> None:
    found = outcome(course)
    words = [found.reliable_improvement, found.reliable_deterioration, found.no_reliable_change]
    assert words.count(True) == 1


@given(COURSES)
def test_backwards_in_time_improvement_is_deterioration(course: Course) -> None:
    back = replace(
        course,
        phq9_first=course.phq9_last,
        phq9_last=course.phq9_first,
        gad7_first=course.gad7_last,
        gad7_last=course.gad7_first,
    )
    assert outcome(course).reliable_improvement == outcome(back).reliable_deterioration


@given(COURSES)
def test_whoever_was_not_a_case_cannot_recover(course: Course) -> None:
    found = outcome(course)
    assert found.caseness_start or not (found.recovered or found.reliable_recovery)


def test_one_contact_or_no_discharge_is_not_a_finished_course() -> None:
    course = Course(15, 14, 9, 7, treatment_contacts=2)
    assert outcome(course).finished
    assert not outcome(replace(course, treatment_contacts=1)).finished
    assert not outcome(replace(course, is_discharged=False)).finished


def test_recovery_is_out_of_cases_and_improvement_out_of_all_finished_courses() -> None:
    recovered = Course(15, 14, 9, 7, treatment_contacts=6)
    improved_without_caseness = Course(9, 7, 3, 7, treatment_contacts=3)
    not_finished = Course(15, 14, 9, 7, treatment_contacts=1)
    found = rates([recovered, improved_without_caseness, not_finished])
    assert found.recovery == found.reliable_recovery == Rate(1, 1)
    assert found.reliable_improvement == Rate(2, 2)
    assert found.reliable_deterioration == Rate(0, 2)


def test_the_worked_cases_together_have_the_rates_counted_by_hand() -> None:
    found = rates(_course(case) for case in CASES)
    assert found.recovery == Rate(4, 8)
    assert found.reliable_recovery == Rate(2, 8)
    assert found.reliable_improvement == Rate(4, 8)
    assert found.reliable_deterioration == Rate(1, 8)
    assert found.recovery.percent == Decimal(50)


def test_nobody_to_count_gives_no_rate() -> None:
    assert rates([]).recovery.percent is None
