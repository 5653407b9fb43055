"""The frozen shape of one result, what may be concluded from it, and its form as JSON."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from imparts.rules.instruments.definition import Band, Category
from imparts.rules.scoring.bands import band_for
from imparts.rules.scoring.totals import COMPLETE, PRORATED

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subscale:
    """The result of a part of an instrument."""

    name: str
    label: str
    status: str
    score: Decimal | None
    band_found: Band | None
    lower: Decimal
    upper: Decimal
    decimals: int

    @property
    def band(self) -> str | None:
        """The code of the band."""
        return self.band_found.code if self.band_found else None

    def as_json(self) -> Json:
        """By its name, with what the output of bulk scoring says of it."""
        named = {"name": self.name, "label": self.label, "status": self.status}
        return {**named, **self.result_as_json()}

    def result_as_json(self) -> Json:
        """As in the output of bulk scoring."""
        return {
            "score": as_number(self.score, self.decimals),
            "band": self.band,
            "lower": as_number(self.lower, self.decimals),
            "upper": as_number(self.upper, self.decimals),
        }


@dataclass(frozen=True, slots=True)
class Score:
    """The result of one form."""

    instrument: str
    version: str
    status: str
    score: Decimal | None
    out_of: Decimal | None
    band_found: Band | None
    category: Category | None
    lower: Decimal | None
    upper: Decimal | None
    flags: tuple[str, ...]
    missing: tuple[str, ...]
    answered: int
    asked: int
    subscales: tuple[Subscale, ...]
    profile: str | None
    decimals: int
    bands: tuple[Band, ...]
    cuts: tuple[Decimal, ...]
    direction: str  # higher_is_worse, higher_is_better or no_direction
    reliable_change: int | None = None  # of the instrument; what a change must reach

    @property
    def band(self) -> str | None:
        """The code of the band or category."""
        found = self.band_found or self.category
        return found.code if found else None

    @property
    def band_label(self) -> str | None:
        """The band or category as its authors name it."""
        found = self.band_found or self.category
        return found.label if found else None

    @property
    def is_complete(self) -> bool:
        """Whether everything that applies was answered."""
        return self.status == COMPLETE

    @property
    def is_estimate(self) -> bool:
        """Whether the score was scaled up from fewer answers."""
        return self.status == PRORATED

    @property
    def straddles(self) -> bool:
        """Whether an estimate could be in another band, or on the other side of a cut."""
        if not self.is_estimate or self.lower is None or self.upper is None:
            return False
        ends = {band_for(end, self.bands) for end in (self.lower, self.upper)}
        crosses = any(self.lower < cut <= self.upper for cut in self.cuts)
        return ends != {self.band_found} or crosses

    @property
    def band_to_act_on(self) -> str | None:
        """The code of the band to act on: of an estimate, the worst that it could be in."""
        found = band_for(self.to_act_on, self.bands) if self.is_estimate else self.band_found
        named = found or self.category
        return named.code if named else None

    @property
    def to_act_on(self) -> Decimal | None:
        """The number to hold against a threshold."""
        return number_to_act_on(self.status, self.score, self.lower, self.upper, self.direction)

    def as_json(self) -> Json:
        """As one line of the output of bulk scoring, without its id."""
        said: Json = {
            "instrument": self.instrument,
            "status": self.status,
            "score": as_number(self.score, self.decimals),
            "band": self.band,
            "lower": as_number(self.lower, self.decimals),
            "upper": as_number(self.upper, self.decimals),
            "flags": list(self.flags),
        }
        if self.subscales:
            said["subscales"] = {one.name: one.result_as_json() for one in self.subscales}
        if self.profile is not None:
            said["profile"] = self.profile
        return said


def number_to_act_on(
    status: str,
    score: Decimal | None,
    lower: Decimal | None,
    upper: Decimal | None,
    direction: str,
) -> Decimal | None:
    """A complete score itself; of an estimate the worst that it could be; else the surely reached.

    Help that was not needed does less harm than help that was missed. Where higher is better the
    worst is the lowest (FACIT-F: an estimate of 31 that could be 24 is acted on as 24).
    """
    if status == PRORATED:
        return lower if direction == "higher_is_better" else upper
    return score if status == COMPLETE else lower


def as_number(value: Decimal | None, decimals: int) -> int | float | None:
    """A whole number where the method gives whole numbers, else a number with its decimals."""
    if value is None:
        return None
    return float(round(value, decimals)) if decimals else int(value)
