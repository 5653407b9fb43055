"""Courses: one person's two years: visits, what they answered, who was treated, who was lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from imparts.demo.crowd.people import Person, id_of
from imparts.demo.past import habits, severity, visits
from imparts.demo.past.answering import Habits, Mind, Setting
from imparts.demo.past.desks import Desk
from imparts.demo.past.severity import TREATMENT_EFFECT, Severity
from imparts.demo.past.sittings import Pace, Sitting, answers_of, sit
from imparts.demo.past.visits import Calendar, Visit
from imparts.demo.places.specialties import BY_CODE
from imparts.design.dates import age_on

_A_CASE = 10  # PHQ-9, the usual cut
_TREATED = 0.35  # of those at or above it


@dataclass(frozen=True, slots=True)
class Attended:
    """One past appointment and what was answered at it, if anything was."""

    person: Person
    desk: Desk
    visit: Visit
    sitting: Sitting | None
    begins_treatment: bool = False
    """Whether treatment follows this visit; later answers are those of someone treated."""


@dataclass(slots=True)
class _Life:
    """What changes in a person from visit to visit."""

    person: Person
    setting: Setting
    habits: Habits
    shift: float
    severity: Severity
    is_treated: bool = False

    def mind(self) -> Mind:
        """What answers would come from today."""
        lift = self.shift + (TREATMENT_EFFECT if self.is_treated else 0)
        mood, worry, illness = self.severity
        return Mind(
            Severity(mood + lift, worry + lift, illness), self.habits, self.setting,
            self.person.sex == "female",
        )  # fmt: skip

    def go_on(self, sitting: Sitting | None, chance: Random) -> None:
        """On to the next visit; some of the people who screened positive are treated meanwhile."""
        low_mood = sitting.scores.get("phq9") if sitting else None
        if low_mood and (low_mood.score or 0) >= _A_CASE and chance.random() < _TREATED:
            self.is_treated = True
        self.severity = severity.after(self.severity, self.setting.agreement, chance)
        self.habits = habits.later(self.habits, chance)


def course_of(
    person: Person, desk: Desk, elsewhere: Sequence[Desk], *, calendar: Calendar, setting: Setting,
    chance: Random,
) -> list[Attended]:  # fmt: skip
    """Two years of one person; about one in 25 is seen by another service now and then too."""
    life = _begin(person, setting, chance, on=calendar.last)
    other = chance.choice(elsewhere) if elsewhere and chance.random() < 0.04 else None
    answered: dict[str, date] = {}
    course: list[Attended] = []
    day: date | None = visits.first_day(calendar, BY_CODE[desk.specialty], chance)
    while day is not None:
        here = other if other and course and chance.random() < 0.35 else desk
        attended = _attend(life, here.on(day), day, len(course), answered, chance)
        course.append(attended)
        if attended.visit.what != visits.CANCELLED:
            was_treated = life.is_treated
            life.go_on(attended.sitting, chance)
            if life.is_treated and not was_treated:
                course[-1] = replace(attended, begins_treatment=True)
        if visits.is_lost(life.severity.mood + life.shift, chance):
            break
        day = visits.next_day(day, calendar, BY_CODE[desk.specialty], chance)
    return course


def _begin(person: Person, setting: Setting, chance: Random, *, on: date) -> _Life:
    specialty = BY_CODE[person.specialty]
    found = habits.habits(
        smoking_percent=specialty.smoking, deprivation_fifth=person.deprivation_fifth, chance=chance
    )
    background = severity.Background(
        is_woman=person.sex == "female",
        deprivation_fifth=person.deprivation_fifth,
        smokes=found.smoking >= habits.SOME_DAYS,
        was_depressed=chance.random() < 0.15,
        age=age_on(person.born_on, on),
    )
    first = severity.at_first(setting.agreement, chance)
    return _Life(person, setting, found, severity.shift(background), first)


def _attend(
    life: _Life, desk: Desk, day: date, number: int, answered: dict[str, date], chance: Random
) -> Attended:
    person, specialty = life.person, BY_CODE[desk.specialty]
    age = age_on(person.born_on, day)
    at, part = visits.time_of_day(day, chance)
    visit = Visit(
        id=id_of(f"visit {person.id} {number}"),
        at=at,
        part=part,
        what=visits.what_happened(specialty, age, chance),
        who_helped=visits.who_helped(
            specialty, age, needs_interpreter=person.needs_interpreter, chance=chance
        ),
    )
    if visit.what not in (visits.COMPLETED, visits.ABANDONED):
        return Attended(person, desk, visit, None)
    sitting = sit(
        visit.id, began_before(at, chance), desk, answers_of(desk.instruments, life.mind(), chance),
        pace=Pace(age, visit.who_helped),
        answered_days_ago={key: (day - on).days for key, on in answered.items()},
        chance=chance, stops=visit.what == visits.ABANDONED,
    )  # fmt: skip
    answered.update((key, day) for key, score in sitting.scores.items() if score.is_complete)
    return Attended(person, desk, visit, sitting)


def began_before(at: datetime, chance: Random) -> datetime:
    """When the first question was shown: some minutes before the appointment."""
    return at - timedelta(seconds=240 + chance.randrange(1200))
