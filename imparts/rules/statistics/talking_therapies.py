"""NHS Talking Therapies outcomes of one course of treatment, and the rates over many.

A course has a first and a last PHQ-9 and GAD-7. Only complete scores may be put in: an estimate is
no measurement (rules.scoring.change: may_be_compared). The rules are those of section 3.4 of the
project's clinical reference: caseness and the changes come from a secondary page that quotes the
IAPT manual, the denominators from NHS England's published SQL. Targets are left to whoever shows
the rates; the reference could not confirm them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

PHQ9_CASENESS, GAD7_CASENESS = 10, 8
PHQ9_RELIABLE, GAD7_RELIABLE = 6, 4
CONTACTS_OF_A_FINISHED_COURSE = 2


@dataclass(frozen=True, slots=True)
class Course:
    """First and last complete scores of one discharged course, and its attended contacts."""

    phq9_first: int
    gad7_first: int
    phq9_last: int
    gad7_last: int
    treatment_contacts: int
    is_discharged: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be said of one course."""

    finished: bool
    caseness_start: bool
    recovered: bool
    reliable_improvement: bool
    reliable_deterioration: bool

    @property
    def no_reliable_change(self) -> bool:
        """Neither measure moved reliably, or one moved each way."""
        return not (self.reliable_improvement or self.reliable_deterioration)

    @property
    def reliable_recovery(self) -> bool:
        """Recovered, and by more than chance."""
        return self.recovered and self.reliable_improvement


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; without anyone to count there is no rate."""

    count: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """In percent, exact; None when nobody counts."""
        return Decimal(100 * self.count) / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Rates:
    """The four rates over finished courses, each with its own denominator."""

    recovery: Rate
    reliable_recovery: Rate
    reliable_improvement: Rate
    reliable_deterioration: Rate


def outcome(course: Course) -> Outcome:
    """The outcome of one course; a course that is not finished has one too, but never counts."""
    was_case = _is_case(course.phq9_first, course.gad7_first)
    is_case = _is_case(course.phq9_last, course.gad7_last)
    phq9_fell = course.phq9_first - course.phq9_last
    gad7_fell = course.gad7_first - course.gad7_last
    fell = phq9_fell >= PHQ9_RELIABLE or gad7_fell >= GAD7_RELIABLE
    rose = -phq9_fell >= PHQ9_RELIABLE or -gad7_fell >= GAD7_RELIABLE
    contacts = course.treatment_contacts
    return Outcome(
        finished=course.is_discharged and contacts >= CONTACTS_OF_A_FINISHED_COURSE,
        caseness_start=was_case,
        recovered=was_case and not is_case,
        reliable_improvement=fell and not rose,
        reliable_deterioration=rose and not fell,
    )


def rates(courses: Iterable[Course]) -> Rates:
    """The rates over finished courses.

    Recovery and reliable recovery are out of those at caseness at the start; reliable improvement
    and deterioration are out of all finished courses.
    """
    finished = [found for found in map(outcome, courses) if found.finished]
    cases = [found for found in finished if found.caseness_start]
    return Rates(
        recovery=Rate(sum(found.recovered for found in cases), len(cases)),
        reliable_recovery=Rate(sum(found.reliable_recovery for found in cases), len(cases)),
        reliable_improvement=Rate(
            sum(found.reliable_improvement for found in finished), len(finished)
        ),
        reliable_deterioration=Rate(
            sum(found.reliable_deterioration for found in finished), len(finished)
        ),
    )


def _is_case(phq9: int, gad7: int) -> bool:
    """At or above the cut on at least one of the two."""
    return phq9 >= PHQ9_CASENESS or gad7 >= GAD7_CASENESS
