"""The column of next steps: at most three shown, each with what can be done with one press."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from imparts.design.dates import short_day
from imparts.design.words import Phrase, counted
from imparts.rules.summary.reasons import Reason, Reasons
from imparts.workspace.suggested import Measure, Step, Suggested

STEPS_FIRST = 3
ACCEPT = {"refer": "Refer", "self_help": "Offer", "repeat": "Ask today"}
NOTHING = "The clinic's pathways suggest nothing for this visit."
NOT_YET = "Next steps are suggested when the answers are sent."
SAID_NO = Reason("said no", "Said no")


@dataclass(frozen=True, slots=True)
class StepRow:
    """One suggested step and what may be pressed beside it."""

    id: str
    number: int
    verb_first: str
    text: str
    waits: tuple[Phrase, ...]
    reason: str
    because: str
    accept: str
    one_reason: Reason | None
    """Pressed at once, without a list: for a referral that stands unless the person says no."""
    decided: str
    is_done: bool
    can_be_taken_back: bool
    referral: UUID | None


@dataclass(frozen=True, slots=True)
class Booked:
    """One measure that is booked to be asked again."""

    instrument: str
    words: str


@dataclass(frozen=True, slots=True)
class Weeks:
    """One choice of when to ask again: pressed, it books."""

    due: str
    words: str


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The suggested steps of one visit, and what has come of them."""

    entry: int | None
    steps: tuple[StepRow, ...]
    more: tuple[StepRow, ...]
    more_words: str
    more_on_paper: str
    """What paper, which has no folds, leaves out; empty where nothing is left out."""
    none: str
    line: str
    not_now: tuple[Reason, ...]
    step_out: tuple[Reason, ...]
    stepped_out: str
    booked: tuple[Booked, ...]
    measures: tuple[Measure, ...]
    weeks: tuple[Weeks, ...]
    earliest: str
    """The first day that may be typed for asking again."""

    @classmethod
    def of(
        cls, suggested: Suggested, *, reasons: Reasons, today: date, above: Collection[str] = (),
        is_sent: bool = True,
    ) -> "NextSteps":  # fmt: skip
        """Put what was suggested into rows; `above` is what the safety strip asks for already.

        Before the answers are sent no pathway has been asked, so that none has said "nothing".
        """
        rows = tuple(_row(step, n, above) for n, step in enumerate(suggested.steps, start=1))
        more = rows[STEPS_FIRST:]
        return cls(
            entry=suggested.entry,
            steps=rows[:STEPS_FIRST],
            more=more,
            more_words=f"{len(more)} more" if more else "",
            more_on_paper=f"{counted(len(more), 'more step')} on the screen." if more else "",
            none="" if rows else NOTHING if is_sent else NOT_YET,
            line=suggested.line,
            not_now=reasons.not_now,
            step_out=reasons.step_out,
            stepped_out=suggested.stepped_out,
            booked=tuple(Booked(instrument, words) for instrument, words in suggested.booked),
            measures=tuple(suggested.may_repeat),
            weeks=_weeks(reasons.weeks, today),
            earliest=today.isoformat(),
        )


def _weeks(weeks: Sequence[int], today: date) -> tuple[Weeks, ...]:
    found = []
    for number in weeks:
        due = today + timedelta(weeks=number)
        found.append(Weeks(due.isoformat(), f"{counted(number, 'week')}, {short_day(due)}"))
    return tuple(found)


def _row(step: Step, number: int, above: Collection[str]) -> StepRow:
    is_above = step.verb_first in above and not step.decided
    return StepRow(
        id=step.id,
        number=number,
        verb_first=step.verb_first,
        text=": see above." if is_above else step.text,
        waits=step.waits,
        reason=step.reason,
        because=step.because,
        accept=ACCEPT.get(step.kind, "Done") if step.kind != "repeat" or step.asks else "Done",
        one_reason=SAID_NO if step.opt_out else None,
        decided=step.decided,
        is_done=step.is_done,
        can_be_taken_back=bool(step.decided) and step.referral is None,
        referral=step.referral,
    )
