"""One measure of one person over time in plain values: courses, rows of the table, treatments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from imparts.people.pages import Banner
from imparts.rules.trends.definition import Course, PlotPoint, TreatmentDrawn


@dataclass(frozen=True, slots=True)
class Part:
    """One subscale of one response, or the total where there is one."""

    name: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    status: str
    point: PlotPoint | None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One response as the table shows it; a physical measure is one too."""

    id: int
    on: date
    version: str
    answered: int
    asked: int
    parts: tuple[Part, ...]
    in_words: str
    """The word or the digits of a result that is no number."""
    harm: str
    """What was answered where harm was asked about; empty where it was not."""
    how: str
    """How it was answered: "Tablet, alone"."""
    is_agreed: bool = False
    may_be_agreed: bool = False


@dataclass(frozen=True, slots=True)
class TrendFacts:
    """Everything that the trend page and its table show."""

    patient: UUID
    banner: Banner
    key: str
    name: str
    short: str
    courses: tuple[Course, ...]
    """The total first, or each part; none where the result is no number."""
    rows: Sequence[ScoreRow]
    """Oldest first."""
    others: tuple[Course, ...]
    """Other measures of the same person, mood and worry and the body's first."""
    treatments: tuple[TreatmentDrawn, ...]
    harm_head: str
    """Such as "Item 9"; empty where the measure asks nothing about harm."""
    back_to: UUID | None
    """The newest visit, whose summary the page leads back to."""
    may_agree: bool
    is_physical: bool = False
    checked_by: str = ""
