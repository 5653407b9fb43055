"""Visits: when someone came in the past two years, and whether they were asked."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import log
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from imparts.demo.crowd import backgrounds
from imparts.demo.places.specialties import Specialty

LONDON = ZoneInfo("Europe/London")
TWO_YEARS = 730
_USUAL_GAP = log(152)  # half of all gaps are shorter than five months
_OLD = 75

COMPLETED, ABANDONED, DECLINED = "completed", "abandoned", "declined"
NO_TIME, OTHER, NOT_OFFERED = "no_time", "other", "not_offered"
DID_NOT_ATTEND, CANCELLED = "did_not_attend", "cancelled"


@dataclass(frozen=True, slots=True)
class Visit:
    """One past appointment."""

    id: UUID
    at: datetime
    part: str
    what: str
    who_helped: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that the past runs over."""

    first: date
    last: date

    @classmethod
    def ending_before(cls, today: date) -> "Calendar":
        """Two years that end yesterday."""
        return cls(today - timedelta(days=TWO_YEARS), today - timedelta(days=1))


def first_day(calendar: Calendar, specialty: Specialty, chance: Random) -> date:
    """The day of someone's first visit; more people began longer ago."""
    ago = int((TWO_YEARS - 14) * chance.random() ** 1.12)
    found = _clinic_day(calendar.first + timedelta(days=ago), calendar, specialty)
    return found or calendar.last


def next_day(before: date, calendar: Calendar, specialty: Specialty, chance: Random) -> date | None:
    """The day of the next visit; None when it is not in the past yet."""
    gap = max(14, round(chance.lognormvariate(_USUAL_GAP, 0.5)))
    return _clinic_day(before + timedelta(days=gap), calendar, specialty)


def _clinic_day(day: date, calendar: Calendar, specialty: Specialty) -> date | None:
    while day.weekday() not in specialty.weekdays:
        day += timedelta(days=1)
    return day if day <= calendar.last else None


def is_lost(mood: float, chance: Random) -> bool:
    """Whether someone does not come again; more likely for people who are low in mood."""
    return chance.random() < 0.25 + (0.12 if mood > 1 else 0)


def time_of_day(day: date, chance: Random) -> tuple[datetime, str]:
    """An appointment time of ten minutes' grain, and the part of the day it is in."""
    if chance.random() < 0.56:
        return _local(day, 8 * 60 + 40 + 10 * chance.randrange(23)), "morning"
    return _local(day, 13 * 60 + 20 + 10 * chance.randrange(20)), "afternoon"


def _local(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), LONDON)


def what_happened(specialty: Specialty, age: int, chance: Random) -> str:
    """How a visit went for the questionnaire; most people who are not asked were never offered."""
    roll = chance.random()
    if roll < 0.09:
        return DID_NOT_ATTEND if roll < 0.07 else CANCELLED
    old = _share_old(specialty.code)
    weight = (0.8 if age > _OLD else 1) / (1 - 0.2 * old)
    roll, completed = chance.random(), min(0.99, specialty.completed / 100 * weight)
    if roll < completed:
        return COMPLETED
    gap = 1 - completed
    left, abandoned, declined = roll - completed, min(0.05, 0.35 * gap), min(0.05, 0.4 * gap)
    if left < abandoned:
        return ABANDONED
    if left < abandoned + declined:
        return DECLINED
    return chance.choices((NOT_OFFERED, NO_TIME, OTHER), (60, 30, 10))[0]


def who_helped(specialty: Specialty, age: int, *, needs_interpreter: bool, chance: Random) -> str:
    """Who read aloud or tapped; people over 75 are helped twice as often."""
    if needs_interpreter:
        return "interpreter"
    old = _share_old(specialty.code)
    # About one in twenty has an interpreter, which counts as help too.
    helped = (specialty.helped / 100 - 0.04) * (2 if age > _OLD else 1) / (1 + old)
    if chance.random() >= helped:
        return "nobody"
    return chance.choices(("family", "staff"), (55, 45))[0]


@lru_cache
def _share_old(specialty: str) -> float:
    """The share of a specialty's people who are over 75."""
    chance = Random(f"ages {specialty}")
    return sum(backgrounds.age(specialty, chance) > _OLD for _ in range(2000)) / 2000
