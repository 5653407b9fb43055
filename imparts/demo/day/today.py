"""Today: a morning and an afternoon clinic at every service.

One of the two is in full swing at whatever hour someone looks: people have come, some have
answered, and at least six at rheumatology are here and have not been asked. Doing it again on the
same day changes nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from imparts.access.queries import tablets_of
from imparts.demo.day import crowd_parts
from imparts.demo.day.acted import act
from imparts.demo.day.cast import cast
from imparts.demo.day.listed import id_on, store_list
from imparts.demo.day.minds import answers_today
from imparts.demo.day.parts import Part, Timeline
from imparts.demo.day.queries import appointments, could_come, patient
from imparts.demo.past.answering import Answers
from imparts.demo.places.cover import say_yes
from imparts.demo.places.specialties import SPECIALTIES, Clinic, clinic_of
from imparts.demo.story import EVERYONE_NAMED
from imparts.informatics.clinics.actions.history import SessionKey
from imparts.informatics.clinics.queries import sessions_on
from imparts.library import queries as library
from imparts.organisations import queries as organisations
from imparts.rules.instruments.definition import Instrument

if TYPE_CHECKING:
    from imparts.organisations.models import Service

MORNING, AFTERNOON = "morning", "afternoon"
AFTERNOON_FROM = 13
_MORNING_BEGINS, _AFTERNOON_BEGINS = 8 * 60 + 40, 13 * 60 + 30
_FEWEST, _MOST = 10, 24
_HERE_AND_NOT_ASKED = 5  # beside Sam Pemberton and Bronwen Hollowmere
_SHARE_A_HALF_DAY = 4  # at most one in four of a small service's people


@dataclass(frozen=True, slots=True)
class _Service:
    """One service today."""

    clinic: Clinic
    service: "Service"
    instruments: dict[str, Instrument]
    at: datetime
    chance: Random

    @property
    def today(self) -> date:
        """The day, in London."""
        return timezone.localtime(self.at).date()

    def answers_of(self, person: UUID) -> dict[str, Answers]:
        """What someone of the crowd answers today."""
        is_woman = patient(person).sex == "female"
        return answers_today(
            person, self.clinic.specialty.code, self.instruments, is_woman=is_woman,
            chance=self.chance,
        )  # fmt: skip


def make_today(*, at: datetime) -> None:
    """Make the clinics of the day of `at` at every service that has none yet."""
    today = timezone.localtime(at).date()
    for service in organisations.services():
        clinic = clinic_of(service.code)
        if clinic is None or sessions_on(service.pk, day=today):
            continue
        with transaction.atomic():  # a service has its whole day or nothing of it
            say_yes(service, at=at)
            _make_day(_service(clinic, service, at=at))


def _service(clinic: Clinic, service: "Service", *, at: datetime) -> _Service:
    today = timezone.localtime(at).date()
    _, pack = library.pack_in_force(service.pk, on=today)
    contents = library.instruments_for(pack, on=today)
    instruments = {key: library.instrument_of(content.pk) for key, content in contents.items()}
    return _Service(clinic, service, instruments, at, Random(f"{service.code} {today}"))


def _make_day(one: _Service) -> None:
    named = {each.id for each in EVERYONE_NAMED}
    people = could_come(one.service.pk, on=one.today, but=named)
    one.chance.shuffle(people)
    most = max(len(people) // _SHARE_A_HALF_DAY, _HERE_AND_NOT_ASKED + 1)
    numbers = [min(most, one.chance.randrange(_FEWEST, _MOST + 1)) for _ in range(2)]
    first, second = people[: numbers[0]], people[numbers[0] : sum(numbers)]
    now = timezone.localtime(one.at)
    if now.hour < AFTERNOON_FROM:
        _play(one, MORNING, _live(one, first))
        later = crowd_parts.to_come(second, first=_AFTERNOON_BEGINS, every=10)
        _book_later(one, AFTERNOON, later)
    else:
        minutes = now.hour * 60 + now.minute
        over = crowd_parts.over(
            second, first=_MORNING_BEGINS, every=10, now=minutes, finished=2 * _finished(one) - 1,
            answers_of=one.answers_of, chance=one.chance,
        )  # fmt: skip
        _play(one, MORNING, over)
        _play(one, AFTERNOON, _live(one, first))


def _finished(one: _Service) -> int:
    """How many of the crowd have answered: fewer where nobody is likely to look."""
    return 3 if one.clinic.specialty in SPECIALTIES[:2] and one.clinic.number == 1 else 1


def _live(one: _Service, people: list[UUID]) -> list[Part]:
    if one.clinic.code != "rheumatology":
        return crowd_parts.live(
            people, finished=_finished(one), answers_of=one.answers_of, chance=one.chance
        )
    waiting = people[:_HERE_AND_NOT_ASKED]
    parts = [crowd_parts.here(p, 20 + 9 * n, one.chance) for n, p in enumerate(waiting)]
    return sorted([*cast(one.instruments), *parts], key=lambda part: part.minutes)


def _play(one: _Service, half: str, parts: list[Part]) -> None:
    """Put everyone on the list as far as they have come; then what was answered is answered."""
    timeline, suffix = Timeline(one.at), one.clinic.suffix
    key = SessionKey(one.service.pk, one.today, half)
    timed = [(part, timeline.around(part.minutes)) for part in parts]
    store_list(one.service, key, timed, timeline, suffix=suffix)
    asked = [part for part in parts if part.answers is not None]
    stored = appointments(id_on(key, part.patient) for part in asked)
    tablets = list(tablets_of(one.service.pk))
    for part in asked:
        appointment = stored[id_on(key, part.patient)]
        act(part, appointment, timeline, suffix=suffix, tablets=tablets)


def _book_later(one: _Service, half: str, parts: list[Part]) -> None:
    """A half-day that has not begun; its parts count from midnight."""
    key = SessionKey(one.service.pk, one.today, half)
    midnight = timezone.localtime(one.at).replace(hour=0, minute=0, second=0, microsecond=0)
    timed = [(part, midnight + timedelta(minutes=part.minutes)) for part in parts]
    store_list(one.service, key, timed, Timeline(one.at), suffix=one.clinic.suffix)
