"""Playing: moves a clinic on by small steps, through the product's own actions.

People arrive, are handed a tablet, answer question by question, send, are called in, are talked
with about an alert, and leave. The named patients are left alone, and so are six people at
rheumatology who are here and not asked, so that whoever looks on can still do all of it by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from imparts.access.queries import tablets_of
from imparts.demo.day import at_tablet
from imparts.demo.day.acted import close_alerts
from imparts.demo.day.minds import answers_today
from imparts.demo.day.queries import could_come, patient
from imparts.demo.day.today import AFTERNOON_FROM
from imparts.demo.past.answering import Answers
from imparts.demo.places.specialties import Clinic, clinic_of
from imparts.demo.story import EVERYONE_NAMED
from imparts.informatics.clinics import actions as clinics
from imparts.informatics.clinics.queries import appointments_of, expected_at, sessions_on
from imparts.informatics.questionnaires.actions import hand_overs
from imparts.informatics.questionnaires.queries.days import offers_for
from imparts.informatics.questionnaires.queries.sittings import Sitting, sitting_for
from imparts.organisations import queries as organisations

if TYPE_CHECKING:
    from imparts.informatics.clinics.models import Appointment, ClinicSession
    from imparts.informatics.questionnaires.models import HandOver
    from imparts.organisations.models import Service

LEFT_ALONE = 6
_MOST_TODAY = 60  # appointments that a clinic's day may grow to
_TABLETS_IN_USE = 3
_NAMED = frozenset(each.id for each in EVERYONE_NAMED)


@dataclass(slots=True)
class _Answering:
    """Someone with a tablet in their hands."""

    hand_over: "HandOver"
    sitting: Sitting
    answers: dict[str, Answers]


@dataclass(slots=True)
class PlayedClinic:
    """One clinic while it is played; each call of `move` is about a minute of clinic time."""

    service: "Service"
    clinic: Clinic
    chance: Random
    answering: list[_Answering] = field(default_factory=list)

    def move(self, *, at: datetime) -> None:
        """A minute goes by: whoever has a tablet answers on, and one other thing happens."""
        self._answer_on(at=at)
        here = self._here(at=at)
        steps: list[Callable[[], bool]] = [
            lambda: self._check_out(here, at=at),
            lambda: self._call_in(here, at=at),
            lambda: self._hand_over(here, at=at),
            lambda: self._check_in(here, at=at),
            lambda: self._book_one_more(here, at=at),
        ]
        self.chance.shuffle(steps)
        any(step() for step in steps)

    def _here(self, *, at: datetime) -> "list[Appointment]":
        """The appointments of this half-day that may be moved on, in time order."""
        session = self._session(at=at)
        found = appointments_of(session) if session else ()
        return [each for each in found if each.patient_id not in _NAMED]

    def _session(self, *, at: datetime) -> "ClinicSession | None":
        local = timezone.localtime(at)
        sessions = sessions_on(self.service.pk, day=local.date())
        half = "morning" if local.hour < AFTERNOON_FROM else "afternoon"
        return next((each for each in sessions if each.part == half), None)

    def _answer_on(self, *, at: datetime) -> None:
        for one in list(self.answering):
            for _ in range(self.chance.randrange(2, 6)):
                stands = at_tablet.answer_next(one.sitting, one.answers, at=at)
                if stands is None:
                    at_tablet.send(one.hand_over, at=at)
                    self.answering.remove(one)
                    break
                one.sitting = stands

    def _check_in(self, here: "list[Appointment]", *, at: datetime) -> bool:
        due = [each for each in here if each.state == "booked"]
        if not due or self.chance.random() > 0.6:
            return False
        place = self.chance.choice(("Area A", "Area B"))
        clinics.check_in(appointment=due[0], by=self._by("reception"), at=at, place=place)
        return True

    def _hand_over(self, here: "list[Appointment]", *, at: datetime) -> bool:
        waiting = self._waiting(here)
        spare = LEFT_ALONE if self.clinic.code == "rheumatology" else 0
        if len(waiting) <= spare or len(self.answering) >= _TABLETS_IN_USE:
            return False
        appointment, by = waiting[0], self._by("reception")
        if self.chance.random() < 0.12:
            outcome = self.chance.choice(("declined", "declined", "no_time"))
            hand_overs.not_asked(appointment=appointment, outcome=outcome, by=by, at=at)
            return True
        tablets = list(tablets_of(self.service.pk))
        helped = "interpreter" if appointment.patient.needs_interpreter else "nobody"
        made = at_tablet.hand_to(
            appointment, self.chance.choice(tablets), who_helped=helped, by=by, at=at
        )
        sitting = sitting_for(made.secret_hash, at=at)
        if sitting:
            self.answering.append(_Answering(made, sitting, self._answers(appointment, sitting)))
        return True

    def _waiting(self, here: "list[Appointment]") -> "list[Appointment]":
        arrived = [each for each in here if each.state == "arrived"]
        offers = offers_for([each.pk for each in arrived])
        return [each for each in arrived if offers[each.pk].state == "none"]

    def _answers(self, appointment: "Appointment", sitting: Sitting) -> dict[str, Answers]:
        return answers_today(
            appointment.patient_id, self.clinic.specialty.code, sitting.instruments,
            is_woman=appointment.patient.sex == "female", chance=self.chance,
        )  # fmt: skip

    def _call_in(self, here: "list[Appointment]", *, at: datetime) -> bool:
        """Whoever has answered, or was not to be asked, goes in; two at a time are with someone."""
        if sum(each.state == "in_room" for each in here) >= 2:
            return False
        arrived = [each for each in here if each.state == "arrived"]
        offers = offers_for([each.pk for each in arrived])
        ready = [a for a in arrived if offers[a.pk].state not in ("none", "answering", "stopped")]
        if not ready:
            return False
        room = f"Room {self.chance.randrange(1, 7)}"
        clinics.call_in(appointment=ready[0], by=self._by("consultant"), at=at, place=room)
        return True

    def _check_out(self, here: "list[Appointment]", *, at: datetime) -> bool:
        inside = [each for each in here if each.state == "in_room"]
        if not inside or self.chance.random() > 0.4:
            return False
        for invitation in inside[0].invitations.all():
            close_alerts(invitation.pk, by=self._by("nurse"), taken_at=at, done_at=at)
        clinics.check_out(appointment=inside[0], by=self._by("reception"), at=at)
        return True

    def _book_one_more(self, here: "list[Appointment]", *, at: datetime) -> bool:
        """Somebody rings and is fitted in, once few are still to come."""
        to_come = sum(each.state == "booked" for each in here)
        if to_come >= 3 or len(here) >= _MOST_TODAY:
            return False
        found, session = self._somebody_else(at=at), self._session(at=at)
        if found is None or session is None:
            return False
        clinics.book(
            session=session, patient=patient(found), appointment_at=_soon(at),
            by=self._by("reception"), at=at,
        )  # fmt: skip
        return True

    def _somebody_else(self, *, at: datetime) -> UUID | None:
        day = timezone.localtime(at).date()
        expected = {each.patient_id for each in expected_at(self.service.pk, day=day)}
        people = could_come(self.service.pk, on=day, but=_NAMED | expected)
        return self.chance.choice(people) if people else None

    def _by(self, who: str) -> str:
        return f"{who}.{self.clinic.suffix}"


def _soon(at: datetime) -> datetime:
    """A time within the half-hour, on a grain of five minutes."""
    soon = at + timedelta(minutes=25)
    return soon.replace(minute=soon.minute - soon.minute % 5, second=0, microsecond=0)


def clinics_to_play(*, seed: int) -> list[PlayedClinic]:
    """Every clinic that has patients."""
    found = []
    for service in organisations.services():
        clinic = clinic_of(service.code)
        if clinic:
            found.append(PlayedClinic(service, clinic, Random(f"{seed} {service.code}")))
    return found
