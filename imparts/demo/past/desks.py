"""Desks: what the past must know of one service, gathered once so that no row asks the database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.definition import Pack
from imparts.rules.pathways.definition import Pathway


@dataclass(frozen=True, slots=True)
class Desk:
    """One service as its past visits saw it."""

    service_id: int
    organisation_id: int
    hospital_prefix: str
    """Before its trust's hospital numbers."""
    specialty: str
    suffix: str
    """The end of its staff's usernames."""
    pack: Pack
    pack_id: int
    texts_id: int
    told: str
    """What the patient is told after item 9."""
    told_after_declining: str
    instruments: dict[str, Instrument]
    contents: dict[str, int]
    """The content version of each instrument."""
    pathways: tuple[Pathway, ...]
    tablets: tuple[int, ...]
    later: "tuple[date, Desk] | None" = None
    """From a day on the service asked another version of its pack."""

    def on(self, day: date) -> "Desk":
        """The desk as it was on a day."""
        return self.later[1] if self.later and day >= self.later[0] else self

    def tablet_of(self, visit: UUID) -> int | None:
        """The tablet that was handed over at one visit."""
        return self.tablets[visit.int % len(self.tablets)] if self.tablets else None

    @property
    def reception(self) -> str:
        """Who checks in and hands over."""
        return f"reception.{self.suffix}"

    @property
    def nurse(self) -> str:
        """Who takes most alerts."""
        return f"nurse.{self.suffix}"

    @property
    def consultant(self) -> str:
        """Who decides on next steps."""
        return f"consultant.{self.suffix}"
