"""Told: what a form's expressions may know besides the answers; all of it is passed in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """The moment, and a little about the person; what is not told is empty in every expression."""

    at: datetime | None = None
    name: str = ""
    birth_date: date | None = None
    gender: str = ""  # male, female, other or unknown, as FHIR writes it

    def patient(self) -> dict[str, Any]:
        """What expressions see as %patient."""
        told: dict[str, Any] = {"resourceType": "Patient"}
        if self.name:
            told["name"] = [{"text": self.name}]
        if self.birth_date is not None:
            told["birthDate"] = self.birth_date.isoformat()
        if self.gender:
            told["gender"] = self.gender
        return told

    def moments(self) -> dict[str, str]:
        """What now(), today() and timeOfDay() say."""
        if self.at is None:
            return {}
        return {
            "now": self.at.isoformat(timespec="milliseconds"),
            "today": self.at.date().isoformat(),
            "timeOfDay": self.at.time().isoformat(timespec="milliseconds"),
        }


NOTHING_TOLD = Told()
