"""Services and tablets: what there is, how it stands, and the form that adds one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from imparts.administration.pages.rooms import Link, choices, rooms
from imparts.design.dates import clock, day, local, short_day

if TYPE_CHECKING:
    from imparts.access.models import Tablet
    from imparts.administration.forms.places import NewTablet, ServiceForm, TabletForm
    from imparts.audit.models import AuditEntry
    from imparts.organisations.models import Service


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service in the list."""

    service: int
    name: str
    site: str
    organisation: str
    code: str
    state: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class ServiceList:
    """The services that the reader sets up, and the form for another one."""

    title: str
    rooms: tuple[Link, ...]
    rows: tuple[ServiceRow, ...]
    form: "ServiceForm"
    status: int

    @classmethod
    def of(
        cls, services: "Sequence[Service]", *, form: "ServiceForm", today: date
    ) -> "ServiceList":
        """Open ones first."""
        rows = sorted((_service(each, today) for each in services), key=lambda r: r.is_closed)
        return cls("Services", rooms("Services"), tuple(rows), form, 422 if form.errors else 200)


def _service(service: "Service", today: date) -> ServiceRow:
    closed = service.is_closed(on=today)
    state = f"Closed {day(service.closed_on)}" if closed else f"Open since {day(service.opened_on)}"
    return ServiceRow(
        service.pk, service.name, service.site, service.organisation.name, service.code, state,
        closed,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ServicePage:
    """One service: its name, what it was called, and closing it."""

    title: str
    rooms: tuple[Link, ...]
    row: ServiceRow
    form: "ServiceForm"
    former: tuple[str, ...]
    problem: str
    status: int

    @classmethod
    def of(
        cls,
        service: "Service",
        *,
        form: "ServiceForm",
        former: "Iterable[AuditEntry]",
        today: date,
        problem: str = "",
    ) -> "ServicePage":
        """Put one service into words."""
        return cls(
            title=service.name,
            rooms=rooms("Services"),
            row=_service(service, today),
            form=form,
            former=tuple(f"{entry.why} until {day(entry.at)}" for entry in former),
            problem=problem,
            status=409 if problem else 422 if form.errors else 200,
        )


@dataclass(frozen=True, slots=True)
class TabletRow:
    """One tablet in the list."""

    tablet: int
    name: str
    service: str
    state: str
    begins: str
    is_bound: bool


@dataclass(frozen=True, slots=True)
class TabletList:
    """The tablets, the form for another one, and how a device becomes one."""

    title: str
    rooms: tuple[Link, ...]
    services: tuple[Link, ...]
    rows: tuple[TabletRow, ...]
    form: "NewTablet"
    one_service: str
    address: str
    status: int

    @classmethod
    def of(
        cls,
        tablets: "Iterable[Tablet]",
        *,
        services: "Sequence[Service]",
        chosen: int,
        form: "NewTablet",
        address: str,
        now: datetime,
    ) -> "TabletList":
        """`address` is what is typed on the device."""
        return cls(
            title="Tablets",
            rooms=rooms("Tablets"),
            services=choices(services, chosen),
            rows=tuple(_tablet(each, now) for each in tablets if chosen in (0, each.service_id)),
            form=form,
            one_service=form.only_service,
            address=address,
            status=422 if form.errors else 200,
        )


def _tablet(tablet: "Tablet", now: datetime) -> TabletRow:
    answers = "One tap an answer" if tablet.one_tap else "Choose, then Continue"
    hand = "left hand" if tablet.left_hand else "right hand"
    return TabletRow(
        tablet=tablet.pk,
        name=tablet.name,
        service=str(tablet.service),
        state=_seen(tablet, now),
        begins=f"{answers}; {hand}",
        is_bound=bool(tablet.secret_hash),
    )


def _seen(tablet: "Tablet", now: datetime) -> str:
    if not tablet.secret_hash:
        return "No device yet"
    if tablet.seen_at is None:
        return "Ready"
    seen = local(tablet.seen_at)
    when = clock(seen) if seen.date() == local(now).date() else f"{short_day(seen)}, {clock(seen)}"
    return f"Last used {when}"


@dataclass(frozen=True, slots=True)
class TabletPage:
    """One tablet: its name, how it begins, and taking it out of use."""

    title: str
    rooms: tuple[Link, ...]
    row: TabletRow
    form: "TabletForm"
    address: str
    status: int

    @classmethod
    def of(
        cls, tablet: "Tablet", *, form: "TabletForm", address: str, now: datetime
    ) -> "TabletPage":
        """Put one tablet into words."""
        status = 422 if form.errors else 200
        return cls(tablet.name, rooms("Tablets"), _tablet(tablet, now), form, address, status)


@dataclass(frozen=True, slots=True)
class ThisTabletPage:
    """On the device itself: which tablet is this going to be?"""

    title: str
    rows: tuple[TabletRow, ...]
    problem: str = ""

    @classmethod
    def of(
        cls, tablets: "Iterable[Tablet]", *, now: datetime, problem: str = ""
    ) -> "ThisTabletPage":
        """Those without a device first."""
        rows = sorted((_tablet(each, now) for each in tablets), key=lambda row: row.is_bound)
        return cls("Make this device a tablet", tuple(rows), problem)
