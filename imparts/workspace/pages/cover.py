"""Who answers for a service's alerts, today and the next days; who said yes; the clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from imparts.design.dates import long_day, short_day
from imparts.design.words import counted
from imparts.pathways.forms import ClocksForm, Leave, NameForDay, Standing
from imparts.pathways.queries import Cover, CoverHeld
from imparts.rules.alerting.clocks import Clocks

if TYPE_CHECKING:
    from imparts.organisations.models import Service
    from imparts.pathways.models import LeaveCover

DAYS = 8
_PROPOSAL = (
    "These are a proposal that nobody here has confirmed. Whoever answers for this service "
    "confirms or changes them below."
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class CoverCell:
    """One duty on one day."""

    duty: str
    name: str
    because: str
    state: str
    mark: str
    can_accept: bool


@dataclass(frozen=True, slots=True)
class CoverDay:
    """One day with its four duties."""

    on: str
    iso: str
    is_today: bool
    cells: tuple[CoverCell, ...]


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """Someone's leave."""

    leave: int
    who: str
    days: str
    covered_by: str


@dataclass(frozen=True, slots=True)
class CoverForms:
    """What may be arranged, for those who may."""

    day: NameForDay
    standing: Standing
    leave: Leave
    clocks: ClocksForm

    @property
    def wrong(self) -> "NameForDay | Standing | Leave | ClocksForm | None":
        """The form that could not be read."""
        every = (self.day, self.standing, self.leave, self.clocks)
        return next((form for form in every if form.errors), None)


@dataclass(frozen=True, slots=True)
class CoverPage:
    """One service."""

    title: str
    service: int
    service_name: str
    not_covered: str
    unreachable: tuple[str, ...]
    """Who holds a duty today and gets no e-mail or SMS, and why."""
    days: tuple[CoverDay, ...]
    leave: tuple[LeaveLine, ...]
    clocks: tuple[str, ...]
    proposal: str
    forms: CoverForms | None
    status: int

    @classmethod
    def of(
        cls,
        service: "Service",
        covers: Sequence[Cover],
        *,
        not_covered: str,
        unreachable: tuple[str, ...],
        leave: Sequence["LeaveCover"],
        clocks: Clocks,
        is_confirmed: bool,
        reader: str,
        today: date,
        forms: CoverForms | None,
    ) -> "CoverPage":
        """Put it into words; `forms` only for those who may arrange cover."""
        return cls(
            title="Who answers for alerts",
            service=service.pk,
            service_name=str(service),
            not_covered=not_covered,
            unreachable=unreachable,
            days=tuple(_day(cover, reader=reader, today=today) for cover in covers),
            leave=tuple(_leave(row) for row in leave),
            clocks=in_words(clocks),
            proposal="" if is_confirmed else _PROPOSAL,
            forms=forms,
            status=422 if forms and forms.wrong else 200,
        )


@dataclass(frozen=True, slots=True)
class ServiceCover:
    """One service in the list of all."""

    service: int
    name: str
    today: CoverDay
    not_covered: str


@dataclass(frozen=True, slots=True)
class CoversPage:
    """Every service of the reader, today."""

    title: str
    day: str
    services: tuple[ServiceCover, ...]
    empty: str

    @classmethod
    def of(cls, found: Sequence[tuple[Cover, str]], *, reader: str, today: date) -> "CoversPage":
        """Put it into words; each cover comes with why it is not enough, or with nothing."""
        return cls(
            title="Who answers for alerts today",
            day=long_day(today),
            services=tuple(
                ServiceCover(
                    cover.service.pk, str(cover.service), _day(cover, reader=reader, today=today),
                    why,
                )
                for cover, why in found
            ),
            empty="" if found else "You hold no role at a service here today.",
        )  # fmt: skip


def in_words(clocks: Clocks) -> tuple[str, ...]:
    """A service's clocks and hours as sentences."""
    days = [_WEEKDAYS[int(n) - 1] for n in clocks.weekdays]
    watched = _span(days)
    return (
        "The owner is called at once, the deputy after "
        f"{clocks.deputy_after} minutes, liaison psychiatry after {clocks.liaison_after}, unless "
        "someone has taken the alert. While the person is in clinic these minutes run at any hour.",
        f"The service manager follows {counted(clocks.deputy_after, 'minute')} after liaison; "
        "then everybody is called again every 30 minutes until someone takes it (a local choice).",
        "Whoever takes an alert records what was done within "
        f"{counted(clocks.act_within, 'minute')}. "
        "Otherwise they are reminded and the deputy is called, and at "
        f"{clocks.closes_at:%H:%M} the service manager (a local choice).",
        f"Alerts from elsewhere are watched {watched}, {clocks.opens_at:%H:%M} to "
        f"{clocks.closes_at:%H:%M}.",
        "What comes outside these hours waits for the next such morning; if nobody has taken it "
        f"by {clocks.unread_by:%H:%M}, the service manager is called.",
        clocks.out_of_hours,
    )


def _span(days: Sequence[str]) -> str:
    if list(days) == list(_WEEKDAYS[: len(days)]) and len(days) > 2:
        return "every day" if len(days) == 7 else f"{days[0]} to {days[-1]}"
    return ", ".join(days)


def _day(cover: Cover, *, reader: str, today: date) -> CoverDay:
    return CoverDay(
        on="Today" if cover.on == today else f"{cover.on:%a} {short_day(cover.on)}",
        iso=cover.on.isoformat(),
        is_today=cover.on == today,
        cells=tuple(_cell(held, reader=reader) for held in cover.all),
    )


def _cell(held: CoverHeld, *, reader: str) -> CoverCell:
    if held.staff is None:
        return CoverCell(str(held.duty), "Nobody", held.because, "", "", False)
    must = held.duty in ("owner", "deputy")
    said = "accepted" if held.is_accepted else "not accepted yet" if must else ""
    return CoverCell(
        duty=str(held.duty),
        name=held.staff.name,
        because="" if held.because == "standing" else held.because,
        state=said,
        mark="tick" if held.is_accepted else "ring" if must else "",
        can_accept=held.staff.username == reader and not held.is_accepted,
    )


def _leave(row: "LeaveCover") -> LeaveLine:
    days = short_day(row.from_on)
    if row.until_on != row.from_on:
        days = f"{days} to {short_day(row.until_on)}"
    stands_in = row.covered_by.name if row.covered_by else "nobody"
    return LeaveLine(row.pk, row.staff.name, days, stands_in)
