"""What is known of a person besides the scores of this visit; unknown is unknown, never "no".

A condition on something unknown is neither met nor not met (None). What that means for a level is
decided in recommend.py: no treatment follows from it, and no safety step is taken away by it.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from imparts.rules.pathways.definition import DONE, OnlyWhen
from imparts.rules.scoring.result import Score
from imparts.rules.scoring.totals import COMPLETE, PRORATED


class ScoreSeen(NamedTuple):
    """What a pathway looks at of one score; from a form just scored, or from a row of the past."""

    instrument: str
    status: str
    score: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    band: str | None
    band_to_act_on: str | None
    flags: tuple[str, ...]
    direction: str
    reliable_change: int | None
    to_act_on: Decimal | None  # what is held against a threshold: an estimate's worst

    @property
    def is_complete(self) -> bool:
        """Whether everything that applies was answered."""
        return self.status == COMPLETE

    @property
    def is_estimate(self) -> bool:
        """Whether the score was scaled up from fewer answers."""
        return self.status == PRORATED


class PastScore(NamedTuple):
    """One score of an earlier visit."""

    on: date
    seen: ScoreSeen


History = Mapping[str, tuple[PastScore, ...]]  # by instrument, oldest first
NO_HISTORY: History = {}


@dataclass(frozen=True, slots=True)
class VisitContext:
    """What is known at one visit; None is not known."""

    age: int | None = None
    service: str | None = None  # the code of the service
    is_pregnant: bool | None = None
    in_treatment: Set[str] | None = None  # options of treatments that are going on
    taken_before: Set[tuple[str, str]] | None = None  # (step, decision) of earlier visits
    on: date | None = None  # the day of the visit, from which days are counted back
    history: History = field(default_factory=dict, compare=False)

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the entry of the visit; the history stands in the results."""
        return {
            "age": self.age,
            "service": self.service,
            "pregnant": self.is_pregnant,
            "in_treatment": None if self.in_treatment is None else sorted(self.in_treatment),
            "taken_before": None if self.taken_before is None else sorted(self.taken_before),
        }


NOTHING_KNOWN = VisitContext()


def context_from_json(
    stored: Mapping[str, Any], *, on: date, history: History = NO_HISTORY
) -> VisitContext:
    """The context of a past visit, as it was kept; a key that is not there was not known."""
    treated, taken = stored.get("in_treatment"), stored.get("taken_before")
    return VisitContext(
        age=stored.get("age"),
        service=stored.get("service"),
        is_pregnant=stored.get("pregnant"),
        in_treatment=None if treated is None else frozenset(treated),
        taken_before=None if taken is None else frozenset((one[0], one[1]) for one in taken),
        on=on,
        history=history,
    )


def seen(score: Score) -> ScoreSeen:
    """What a pathway looks at of a form that was just scored."""
    return ScoreSeen(
        score.instrument, score.status, score.score, score.lower, score.upper, score.band,
        score.band_to_act_on, score.flags, score.direction, score.reliable_change,
        score.to_act_on,
    )  # fmt: skip


def holds(only_when: OnlyWhen | None, context: VisitContext) -> bool | None:
    """Whether a level is for this person: yes, no, or (None) it hangs on something unknown."""
    if only_when is None:
        return True
    found = [met for _, met in _lines(only_when, context)]
    if False in found:
        return False
    return None if None in found else True


def unknown_in(only_when: OnlyWhen, context: VisitContext) -> tuple[str, ...]:
    """What would have to be known, in words: "age", "whether pregnant"."""
    return tuple(dict.fromkeys(words for words, met in _lines(only_when, context) if met is None))


def _lines(one: OnlyWhen, context: VisitContext) -> Iterable[tuple[str, bool | None]]:
    """Each condition that is said: what it asks to be known, and whether it is met."""
    age, treated, taken = context.age, context.in_treatment, context.taken_before
    if one.age_from is not None:
        yield "age", None if age is None else age >= one.age_from
    if one.age_up_to is not None:
        yield "age", None if age is None else age <= one.age_up_to
    if one.services:
        yield "the service", None if context.service is None else context.service in one.services
    if one.pregnant is not None:
        is_so = context.is_pregnant
        yield "whether pregnant", None if is_so is None else is_so == one.pregnant
    if one.in_treatment:
        is_in = None if treated is None else not treated.isdisjoint(one.in_treatment)
        yield "whether in treatment", is_in
    if one.not_in_treatment:
        is_out = None if treated is None else treated.isdisjoint(one.not_in_treatment)
        yield "whether in treatment", is_out
    if one.after_step is not None:
        is_after = None if taken is None else (one.after_step, DONE) in taken
        yield "what was done before", is_after
