"""From which day a version is used, where; and everything that a service ever used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.authoring.pages.version import BEGUN
from imparts.design.dates import clock, day

if TYPE_CHECKING:
    from datetime import date

    from imparts.library.models import ContentVersion, InForce
    from imparts.organisations.models import Service

TAKES_BACK = (
    "Before its day comes it can be taken back. Nothing is deleted: the history shows both."
)


@dataclass(frozen=True, slots=True)
class ServiceChoice:
    """One service where it may start, and what is used there now."""

    service: int
    name: str
    now: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class StartPage:
    """From which day, and at which services."""

    title: str
    content: int
    name: str
    why_not: str
    services: tuple[ServiceChoice, ...]
    from_on: str
    wrong: Mapping[str, str]
    begun: str = BEGUN
    takes_back: str = TAKES_BACK


def start_page(
    content: "ContentVersion", name: str, *, services: "Iterable[tuple[Service, str]]",
    why_not: str, from_on: str, ticked: Iterable[str], wrong: Mapping[str, str],
) -> StartPage:  # fmt: skip
    """Put the choice of day and services on a page; nothing is pre-chosen but today."""
    chosen = frozenset(ticked)
    return StartPage(
        title="Choose when and where it starts",
        content=content.pk,
        name=f"{name}, version {content.version}",
        why_not=why_not,
        services=tuple(
            ServiceChoice(service.pk, str(service), now, str(service.pk) in chosen)
            for service, now in services
        ),
        from_on=from_on,
        wrong=wrong,
    )


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One time that something was put in force."""

    row: int
    content: int
    name: str
    version: str
    from_on: str
    by: str
    state: str
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Everything that a service ever used."""

    title: str
    service: int
    packs: tuple[HistoryRow, ...]
    pathways: tuple[HistoryRow, ...]
    begun: str = BEGUN


def history_rows(
    rows: "list[InForce]", names: Mapping[int, str], *, counts: frozenset[int],
    now: frozenset[int], today: "date", may_start: bool,
) -> tuple[HistoryRow, ...]:  # fmt: skip
    """One service's rows, newest first: those that count, and those that another replaced."""
    return tuple(
        HistoryRow(
            row=row.pk,
            content=row.content_id,
            name=names[row.content_id],
            version=row.content.version,
            from_on=day(row.from_on),
            by=f"{row.by}, {day(row.at)} {clock(row.at)}",
            state=_state(row, counts=counts, now=now, today=today),
            may_take_back=may_start and row.pk in counts and row.from_on > today,
        )
        for row in rows
    )


def _state(row: "InForce", *, counts: frozenset[int], now: frozenset[int], today: "date") -> str:
    if row.pk not in counts:
        return "replaced by a later choice for the same day"
    if row.from_on > today:
        return "to come"
    return "in force" if row.pk in now else "until the next began"
