"""One sitting in plain values: who, when, what was asked and answered, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from imparts.people.pages import Banner
from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.scoring.parts import Part, cut_on, words_of
from imparts.workspace.suggested import Suggested

if TYPE_CHECKING:
    from imparts.informatics.results.queries import DiagnosisLine
    from imparts.pathways.queries import TreatmentShown
    from imparts.workspace.queries.physical import PhysicalRow


@dataclass(frozen=True, slots=True)
class Point:
    """One score on one day; an estimate is drawn open and never compared."""

    on: date
    score: Decimal
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One item and what became of it: a value, declined, or (neither) not reached."""

    item: Item
    value: int | None
    declined: bool = False
    written: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer."""
        return self.value is not None or bool(self.written)

    @property
    def words(self) -> str:
        """The option's own words, or what was written; absence is named for what it is."""
        if self.value is not None:
            return self.item.label(self.value)
        return self.written or absence(self.declined)


def absence(declined: bool) -> str:
    """Why there is no answer."""
    return "Chose not to answer" if declined else "Not reached"


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """One question of a form and what became of it, in the words of its author."""

    text: str
    words: str
    is_answered: bool


@dataclass(frozen=True, slots=True)
class FormNumber:
    """A number that a form worked out, under the words of its author."""

    label: str
    number: str


@dataclass(frozen=True, slots=True)
class FormShown:
    """One form of a sitting that someone else wrote: its answers, and what it worked out."""

    title: str
    version: str
    publisher: str
    copyright: str
    answers: tuple[FormAnswer, ...]
    numbers: tuple[FormNumber, ...] = ()
    missing: int = 0
    problems: tuple[str, ...] = ()
    """What could not be worked out, each in a sentence."""
    not_asked: tuple[str, ...] = ()
    """Questions that cannot be answered on a tablet."""
    is_scored: bool = False

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(answer.is_answered for answer in self.answers)


def _last_measured(history: Sequence[Point]) -> Point | None:
    """The last measurement before this one; estimates are not measurements."""
    return next((p for p in reversed(history) if not p.is_estimate), None)


@dataclass(frozen=True, slots=True)
class PartResult:
    """One subscale of a sitting, with its history before it (oldest first)."""

    part: Part
    answered: int
    asked: int
    history: tuple[Point, ...] = ()

    @property
    def before(self) -> Point | None:
        """The last measurement before this one."""
        return _last_measured(self.history)


@dataclass(frozen=True, slots=True)
class Result:
    """One instrument of a sitting, with its history before it (oldest first)."""

    instrument: Instrument
    answers: tuple[AnswerShown, ...]
    status: str
    score: Decimal | None
    out_of: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    band: str
    """The code of the band or category."""
    band_label: str
    answered: int
    asked: int
    history: tuple[Point, ...] = ()
    flags: tuple[str, ...] = ()
    profile: str = ""
    """The answers in a row where no sum is meant, such as 11223."""
    parts: tuple[PartResult, ...] = ()
    checked: str = ""
    """Who has checked its file here; empty: what the file says of itself."""
    baseline: Point | None = None
    """The score from which changes are counted, where one was agreed with the patient."""

    @property
    def is_estimate(self) -> bool:
        """Whether the score was scaled up from fewer answers."""
        return self.status == "prorated"

    @property
    def before(self) -> Point | None:
        """The last measurement before this one; estimates are not measurements."""
        return _last_measured(self.history)

    @property
    def is_first(self) -> bool:
        """Whether nothing was measured before, not even in part."""
        return not self.history and not any(part.history for part in self.parts)

    @property
    def in_words(self) -> str:
        """The band, category or profile, as it stands inside a sentence; else side of the cut."""
        if found := self.instrument.band(self.band):
            return found.in_words or found.label.lower()
        if self.profile:
            return f"profile {self.profile}"
        return self.band_label.lower() or words_of(self.score, (), cut_on(self.instrument.cuts, ""))


@dataclass(frozen=True, slots=True)
class SittingFacts:
    """Everything that the summary of one sitting is made of; all moments are local."""

    patient: UUID
    sitting: UUID
    banner: Banner
    service: str
    created_at: datetime
    appointment_at: datetime | None
    started_at: datetime | None
    submitted_at: datetime | None
    where: str
    language: str
    who_helped: str
    in_record_at: datetime | None
    is_owed: bool
    results: Sequence[Result]
    suggested: Suggested
    illness: str
    """Inside "which joint disease can also cause"."""
    pack: str
    pack_checked_by: str
    left_out: Sequence[str]
    """Why instruments of the pack were not asked, each in a sentence."""
    checked_by: Sequence[str]
    """Who has checked the questionnaire files, each once."""
    forms: Sequence[FormShown] = ()
    """Questionnaires that someone else wrote, after our own."""
    body: Sequence["PhysicalRow"] = ()
    """Measures of the body up to that day, each with a course of its own."""
    diagnoses: Sequence["DiagnosisLine"] = ()
    """What the person is said to have, by the hospital's record or typed here."""
    treatments: Sequence["TreatmentShown"] = ()
    """What the person has been treated with at the services that the reader may see."""

    @property
    def day(self) -> date:
        """The day that the sitting belongs to."""
        return (self.submitted_at or self.started_at or self.created_at).date()
