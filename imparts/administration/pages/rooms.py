"""The pages of setting up, as a row of links above each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from imparts.organisations.models import Service

_ROOMS = (
    ("Checklist", "administration:checklist"),
    ("Staff", "administration:staff"),
    ("Services", "administration:services"),
    ("Tablets", "administration:tablets"),
    ("Clinics", "administration:clinics"),
)


@dataclass(frozen=True, slots=True)
class Room:
    """One of the pages."""

    label: str
    href: str
    is_current: bool


def rooms(current: str) -> tuple[Room, ...]:
    """All of them; `current` is the label of the one that is open, or that the page belongs to."""
    return tuple(Room(label, reverse(name), label == current) for label, name in _ROOMS)


@dataclass(frozen=True, slots=True)
class ServiceChoice:
    """A service to which a page can be narrowed."""

    label: str
    href: str
    is_current: bool


def choices(
    services: "Sequence[Service]", chosen: int, *, with_all: bool = True
) -> tuple[ServiceChoice, ...]:
    """One for each service, and one for all of them; none when there is only one service."""
    if len(services) < 2:
        return ()
    one_each = [
        ServiceChoice(str(each), f"?service={each.pk}", each.pk == chosen) for each in services
    ]
    everything = [ServiceChoice("All services", "?", not chosen)] if with_all else []
    return tuple(everything + one_each)
