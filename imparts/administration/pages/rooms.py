"""The pages of setting up, as a row of links above each of them."""

from dataclasses import dataclass

from django.urls import reverse

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
