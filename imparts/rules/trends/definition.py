"""The frozen shapes of one measure over time: its scale, its points, its gaps, its treatments."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imparts.rules.instruments.definition import HIGHER_IS_BETTER as HIGHER_IS_BETTER
from imparts.rules.instruments.definition import HIGHER_IS_WORSE, Band
from imparts.rules.instruments.definition import NO_DIRECTION as NO_DIRECTION
from imparts.rules.scoring.change import plain


@dataclass(frozen=True, slots=True)
class Scale:
    """What a number is measured on; whole, so that no graph begins in the middle of it."""

    key: str
    """The instrument, or the code of a physical measure: "phq9", "das28"."""
    name: str
    """What it measures: "Low mood"."""
    short: str
    """What it is called: "PHQ-9"."""
    lowest: Decimal
    highest: Decimal
    direction: str = HIGHER_IS_WORSE
    bands: tuple[Band, ...] = ()
    cut: Decimal | None = None
    chance: Decimal | None = None
    """The change from which "worse" and "better" are said; None where nobody has said."""
    is_reliable: bool = True
    """Whether that is the reliable change; else it is a change that is usually noticed."""
    higher: str = "worse"
    """What a higher number means: "more symptoms", "better"."""
    unit: str = ""
    marks: tuple[str, ...] = ()
    """What must stand beside it: "bands from general knowledge, not verified here"."""
    part: str = ""
    """The subscale of the instrument; empty for its total."""
    decimals: int = 0
    """Digits after the point that are always written: 4.0."""

    def written(self, value: Decimal, second: Decimal | None = None) -> str:
        """A number as it stands on a page: "14", "4.0", "128/82"."""
        said = f"{value:.{self.decimals}f}" if self.decimals else plain(value)
        return said if second is None else f"{said}/{self.written(second)}"


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """One score on one day."""

    on: date
    value: Decimal
    lower: Decimal | None = None
    upper: Decimal | None = None
    is_estimate: bool = False
    id: int = 0
    """The row that it was stored as."""
    second: Decimal | None = None
    """The lower number of a pair, such as diastolic blood pressure."""


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one version of a measure, oldest first; two versions are two series."""

    points: tuple[PlotPoint, ...]
    version: str = ""
    is_on_scale: bool = True
    """Whether its range is that of the scale drawn; else it stands in the table alone."""


@dataclass(frozen=True, slots=True)
class Unscored:
    """A visit at which the measure was asked and no score came of it."""

    on: date
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Course:
    """One measure of one person over time; the series that counts is the last."""

    scale: Scale
    series: tuple[Series, ...] = ()
    unscored: tuple[Unscored, ...] = ()
    baseline: int = 0
    """The id of the score from which changes are counted; 0 where none is agreed."""
    offered_on: tuple[date, ...] = ()
    """Days on which the person was offered questions, whatever came of it."""

    @property
    def points(self) -> tuple[PlotPoint, ...]:
        """The points of the series that counts."""
        return self.series[-1].points if self.series else ()

    @property
    def last(self) -> PlotPoint | None:
        """The newest point of the series that counts."""
        return self.points[-1] if self.points else None

    @property
    def agreed(self) -> PlotPoint | None:
        """The agreed baseline, when it is a whole score of the series that counts."""
        return next(
            (p for p in self.points if self.baseline and p.id == self.baseline and is_whole(p)),
            None,
        )

    @property
    def days(self) -> tuple[date, ...]:
        """Every day with a point that is drawn."""
        drawn = (p.on for one in self.series if one.is_on_scale for p in one.points)
        return tuple(sorted(set(drawn)))


@dataclass(frozen=True, slots=True)
class TreatmentDrawn:
    """A treatment over the plot: a course from a day, perhaps until another; or an event."""

    what: str
    began_on: date
    ended_on: date | None = None
    is_event: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What the course shows, in words: the measure, and what may be said of it."""

    name: str
    said: str

    @property
    def words(self) -> str:
        """Such as "Low mood: worse by 8 since June (more than chance change)"."""
        return f"{self.name}: {self.said}"


def is_whole(point: PlotPoint) -> bool:
    """Whether a point is a measurement, which alone may be compared."""
    return not point.is_estimate
