"""Clinic days for an administrator: when, where and how many, never who."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from imparts.administration.pages.rooms import Link, choices, rooms
from imparts.design.dates import long_day
from imparts.design.words import counted

if TYPE_CHECKING:
    from imparts.administration.forms.places import NewClinic, StartAndRoom
    from imparts.informatics.clinics.models import ClinicSession
    from imparts.organisations.models import Service

NO_START = "-"


@dataclass(frozen=True, slots=True)
class ClinicRow:
    """One sitting that is planned."""

    session: int
    day: str
    part: str
    starts: str
    place: str
    service: str
    booked: str
    is_today: bool
    can_be_removed: bool


@dataclass(frozen=True, slots=True)
class ClinicList:
    """The sittings from today on, and the form for another one."""

    title: str
    rooms: tuple[Link, ...]
    services: tuple[Link, ...]
    rows: tuple[ClinicRow, ...]
    form: "NewClinic"
    one_service: str
    status: int

    @classmethod
    def of(
        cls,
        sessions: "Iterable[ClinicSession]",
        *,
        services: "Sequence[Service]",
        chosen: int,
        form: "NewClinic",
        today: date,
    ) -> "ClinicList":
        """Soonest first."""
        return cls(
            title="Clinics",
            rooms=rooms("Clinics"),
            services=choices(services, chosen),
            rows=tuple(
                clinic_row(each, today=today) for each in sessions if chosen in (0, each.service_id)
            ),
            form=form,
            one_service=form.only_service,
            status=422 if form.errors else 200,
        )


def clinic_title(session: "ClinicSession") -> str:
    """Morning clinic, Tuesday 17 November."""
    return f"{session.get_part_display()} clinic, {long_day(session.held_on)}"


def clinic_row(session: "ClinicSession", *, today: date) -> ClinicRow:
    """One sitting in words; `booked` and `tests` were counted by the query."""
    is_today = session.held_on == today
    return ClinicRow(
        session=session.pk,
        day=f"{'Today, ' if is_today else ''}{long_day(session.held_on)}",
        part=session.get_part_display(),
        starts=f"{session.starts_at:%H:%M}" if session.starts_at else NO_START,
        place=session.place,
        service=str(session.service),
        booked=_booked(session.booked or 0, session.tests or 0),
        is_today=is_today,
        can_be_removed=not session.has_appointments,
    )


def _booked(all_of_them: int, tests: int) -> str:
    real = all_of_them - tests
    parts = [counted(real, "patient")] if real or not tests else []
    parts += [counted(tests, "test patient")] if tests else []
    return " and ".join(parts) if all_of_them else "Nobody yet"


@dataclass(frozen=True, slots=True)
class ClinicPage:
    """Changing when a clinic starts, or where."""

    title: str
    rooms: tuple[Link, ...]
    row: ClinicRow
    form: "StartAndRoom"
    status: int

    @classmethod
    def of(cls, session: "ClinicSession", *, form: "StartAndRoom", today: date) -> "ClinicPage":
        """Put one sitting into words."""
        row, status = clinic_row(session, today=today), 422 if form.errors else 200
        return cls(clinic_title(session), rooms("Clinics"), row, form, status)
