"""Choices: the other services, sittings and views that a page leads to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several addresses, and whether it is the one shown."""

    label: str
    href: str
    is_current: bool
