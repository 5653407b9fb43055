"""Numbers: every number of a result, its total or those of its parts, each with what it is of.

A number never stands without its scale, its words and its change; a result that has parts and no
total, such as HADS, is as many numbers as it has parts.
"""

from dataclasses import dataclass
from decimal import Decimal

from imparts.design.words import plain_number
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.change import Change, change, important_words
from imparts.rules.scoring.parts import cut_on
from imparts.workspace.sitting_facts import PartResult, Point, Result


@dataclass(frozen=True, slots=True)
class Number:
    """One number of one result, as it was stored."""

    instrument: Instrument
    name: str
    short: str
    status: str
    score: Decimal | None
    out_of: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    in_words: str
    answered: int
    asked: int
    direction: str
    history: tuple[Point, ...]
    before: Point | None
    cut: Decimal | None = None
    is_beside_total: bool = False
    baseline: Point | None = None
    """The agreed score from which changes are counted: the chance range stands around it."""
    is_compared: bool = True
    """Whether what the file says of change is about this number."""

    @property
    def is_complete(self) -> bool:
        """Whether everything that applies was answered."""
        return self.status == "complete"

    @property
    def chance_of(self) -> int | None:
        """The change from which "worse" and "better" are said."""
        return self.instrument.words_from if self.is_compared else None

    @property
    def moved(self) -> Change | None:
        """The change since the last measurement; an estimate is compared with nothing."""
        if not self.is_complete or self.score is None or self.before is None:
            return None
        return change(self.score, self.before.score, self.chance_of, direction=self.direction)

    @property
    def important(self) -> str:
        """Such as "important fall", where nothing is known of chance."""
        if self.moved is None or self.score is None or self.before is None or not self.is_compared:
            return ""
        return important_words(self.score, self.before.score, self.instrument)

    @property
    def how_many(self) -> str:
        """Such as "5 of 7 answered"."""
        return f"{self.answered} of {self.asked} answered" if self.answered else "not answered"

    @property
    def could_be(self) -> str:
        """Such as "could be 4 to 22"."""
        if self.lower is None or self.upper is None:
            return ""
        return f"could be {plain_number(self.lower)} to {plain_number(self.upper)}"


def numbers_of(result: Result) -> tuple[Number, ...]:
    """The total, where there is one, then each part."""
    has_total = result.instrument.scoring.gives_number
    parts = tuple(_part(result, one, beside_total=has_total) for one in result.parts)
    return (_total(result), *parts) if has_total else parts


def is_in_words(result: Result) -> bool:
    """Whether a result is a word and nothing else: smoking, Friends and Family."""
    return result.instrument.scoring.method in ("category", "decision_table")


def is_profile(result: Result) -> bool:
    """Whether a result is its answers in a row."""
    return result.instrument.scoring.method == "profile"


def _total(result: Result) -> Number:
    instrument = result.instrument
    return Number(
        instrument=instrument,
        name=instrument.measures,
        short=instrument.short_title.removeprefix(f"{instrument.measures} "),
        status=result.status,
        score=result.score,
        out_of=result.out_of,
        lower=result.lower,
        upper=result.upper,
        in_words=_beyond_number(result),
        answered=result.answered,
        asked=result.asked,
        direction=instrument.direction,
        history=result.history,
        before=result.before,
        baseline=result.baseline,
        cut=cut_on(instrument.cuts, ""),
    )


def _beyond_number(result: Result) -> str:
    """The words beside a number: the band's name where its words are the number again, 0 of 10."""
    band = result.instrument.band(result.band)
    said_again = band is not None and band.in_words[:1].isdigit()
    return band.label.lower() if band is not None and said_again else result.in_words


def _part(result: Result, one: PartResult, *, beside_total: bool) -> Number:
    part = one.part
    return Number(
        instrument=result.instrument,
        name=part.label,
        short=result.instrument.short_title,
        status=part.status,
        score=part.score,
        out_of=part.out_of,
        lower=part.lower,
        upper=part.upper,
        in_words=part.in_words,
        answered=one.answered,
        asked=one.asked,
        direction=part.direction,
        history=one.history,
        before=one.before,
        cut=part.cut,
        is_beside_total=beside_total,
        is_compared=part.is_compared,
    )
