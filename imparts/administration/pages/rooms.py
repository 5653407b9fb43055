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
class Link:
    """One of several pages or services, and whether it is the one shown."""

    label: str
    href: str
    is_current: bool


def rooms(current: str) -> tuple[Link, ...]:
    """All of them; `current` is the label of the one that is open, or that the page belongs to."""
    return tuple(Link(label, reverse(name), label == current) for label, name in _ROOMS)


def choices(
    services: "Sequence[Service]", chosen: int, *, with_all: bool = True
) -> tuple[Link, ...]:
    """A page narrowed to each service, and to all; none when there is only one service."""
    if len(services) < 2:
        return ()
    one_each = [Link(str(each), f"?service={each.pk}", each.pk == chosen) for each in services]
    everything = [Link("All services", "?", not chosen)] if with_all else []
    return tuple(everything + one_each)
