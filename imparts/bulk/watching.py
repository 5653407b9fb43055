"""Watching: how far bulk scoring is, told to whoever wants to know."""

from typing import Protocol


class Watcher(Protocol):
    """Someone who wants to know how far it is."""

    def begin(self, *, rows: int | None = None, size: int | None = None) -> None:
        """How much there is to do: in rows, or in bytes to read, as far as it is known."""

    def advance(self, rows: int, *, read: int | None = None) -> None:
        """So many rows more are done; so many bytes are read in all."""


class Nobody:
    """Watches nothing."""

    def begin(self, *, rows: int | None = None, size: int | None = None) -> None:
        """Nothing is said."""

    def advance(self, rows: int, *, read: int | None = None) -> None:
        """Nothing is said."""
