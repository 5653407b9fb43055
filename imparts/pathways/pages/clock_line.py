"""The promise as a line: from 0 to 45 minutes after an alert was raised, who is called when.

It shows what was promised, never a countdown: an absolute time stays true on a page that has
stopped updating. Deputy and liaison stay drawn when they are no longer needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from imparts.design.dates import clock, local, short_day

if TYPE_CHECKING:
    from imparts.pathways.models import AlertEvent

PX_A_MINUTE = 20
LINE_MINUTES = 45
LEFT = 8
END = LEFT + LINE_MINUTES * PX_A_MINUTE
WIDTH = END + LEFT
_PX_A_CHARACTER = 6.9  # of Arial at 14 px, taken wide
_BOLD = 1.06
_GAP = 10
NOT_NEEDED = "not needed: taken"


class Promise(Protocol):
    """Someone who is called at a moment unless somebody has taken the alert before."""

    @property
    def duty(self) -> str:
        """Which duty."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def called(self) -> "AlertEvent | None":
        """When they were called."""

    @property
    def is_needed(self) -> bool:
        """Whether they are still called at that moment, unless someone takes it."""


@dataclass(frozen=True, slots=True)
class LineLabel:
    """Words above or below the line."""

    x: int
    text: str
    is_below: bool = False
    is_strong: bool = False
    anchor: str = "middle"

    @property
    def width(self) -> float:
        """How wide the words are, about."""
        return len(self.text) * _PX_A_CHARACTER * (_BOLD if self.is_strong else 1)

    @property
    def left(self) -> float:
        """Where the words begin."""
        return self.x - self.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]


@dataclass(frozen=True, slots=True)
class ClockLine:
    """From 0 to 45 minutes after the alert was raised, 20 px a minute."""

    now_x: int
    taken_x: int | None
    ticks: tuple[int, ...]
    called: tuple[int, ...]
    """Where somebody was called."""
    labels: tuple[LineLabel, ...]
    described: str


@dataclass(frozen=True, slots=True)
class Moments:
    """What the line is drawn from."""

    raised_at: datetime
    now: datetime
    taken_at: datetime | None = None
    taken_by: str = ""
    closed_at: datetime | None = None
    promises: Sequence[Promise] = ()
    goal: str = ""
    place: str = ""


def line_of(moments: Moments) -> ClockLine:
    """Draw it."""
    near = [each for each in moments.promises if _is_near(each.at, moments)]
    above = [_above(f"{clock(moments.raised_at)} raised", LEFT - 8, "start")]
    above += [_above(f"{clock(each.at)} {each.duty}", _x(each.at, moments)) for each in near]
    above += [_above(moments.goal, END, "end")] if moments.goal else []
    now_x = _x(moments.now, moments)
    above = _apart(above)
    if moments.closed_at is None and _has_room(now_x, above):
        above.append(LineLabel(now_x + 5, f"now {clock(moments.now)}", anchor="start"))
    labels = (*above, *_below(moments, near))
    said = [label.text for label in sorted(labels, key=lambda label: (label.left, label.is_below))]
    return ClockLine(
        now_x=_x(moments.closed_at or moments.now, moments),
        taken_x=_x(moments.taken_at, moments) if moments.taken_at else None,
        ticks=(LEFT, *(_x(each.at, moments) for each in near)),
        called=tuple(_x(each.called.at, moments) for each in near if each.called),
        labels=labels,
        described=". ".join([*said, *later(moments)]) + ".",
    )


def later(moments: Moments) -> tuple[str, ...]:
    """Calls that lie beyond the line, such as those of the next working morning."""
    far = [each for each in moments.promises if _minutes(each.at, moments) > LINE_MINUTES]
    return tuple(
        f"{_duty(each)} {_when(each.at, moments)}{_said_of(each, moments)}" for each in far
    )


def _duty(promise: Promise) -> str:
    return promise.duty[:1].upper() + promise.duty[1:]


def _when(at: datetime, moments: Moments) -> str:
    if local(at).date() == local(moments.raised_at).date():
        return f"at {clock(at)}"
    return f"on {short_day(at)} at {clock(at)}"


def _said_of(promise: Promise, moments: Moments) -> str:
    words = _outcome(promise, moments)
    return f" ({words})" if words else ""


def _outcome(promise: Promise, moments: Moments) -> str:
    """What became of a call, in words; empty while it lies ahead."""
    if promise.called:
        return f"called {clock(promise.called.at)}"
    if promise.is_needed:
        return ""
    ended = moments.taken_at or moments.closed_at
    if ended and promise.at < ended:
        return "not called"
    return NOT_NEEDED if moments.taken_at else "not needed"


def _below(moments: Moments, near: Sequence[Promise]) -> list[LineLabel]:
    found = [
        LineLabel(_x(each.at, moments), words, True, is_strong=each.called is not None)
        for each in near
        if (words := _outcome(each, moments))
    ]
    if moments.taken_at:
        words = f"{clock(moments.taken_at)} taken by {moments.taken_by}"
        found.append(
            LineLabel(max(_x(moments.taken_at, moments) - 6, 0), words, True, True, "start")
        )
    found += [LineLabel(END, moments.place, True, anchor="end")] if moments.place else []
    return _apart(found)


def _above(text: str, x: int, anchor: str = "middle") -> LineLabel:
    return LineLabel(x, text, anchor=anchor)


def _apart(labels: Sequence[LineLabel]) -> list[LineLabel]:
    """No two touch: first each is pushed to the right of the one before, then back from the end."""
    placed: list[LineLabel] = []
    at = 0.0
    for label in sorted(labels, key=lambda each: each.left):
        begins = max(label.left, at)
        placed.append(label if begins == label.left else _begin(label, begins))
        at = begins + label.width + _GAP
    ends = float(END)  # the estimate of a width is short by some letters: keep off the edge
    back: list[LineLabel] = []
    for label in reversed(placed):
        begins = min(label.left, ends - label.width)
        back.append(label if begins >= label.left else _begin(label, max(begins, 0.0)))
        ends = back[-1].left - _GAP
    return back[::-1]


def _begin(label: LineLabel, x: float) -> LineLabel:
    return replace(label, x=round(x), anchor="start")


def _has_room(x: int, labels: Sequence[LineLabel]) -> bool:
    """Whether "now 10:19" fits above the line without touching other words."""
    width = len("now 10:19") * _PX_A_CHARACTER + 2 * _GAP
    return x + width <= WIDTH and all(
        x + width < at.left or x > at.left + at.width + _GAP for at in labels
    )


def _is_near(at: datetime, moments: Moments) -> bool:
    return 0 < _minutes(at, moments) <= LINE_MINUTES


def _x(at: datetime, moments: Moments) -> int:
    return LEFT + round(min(max(_minutes(at, moments), 0), LINE_MINUTES) * PX_A_MINUTE)


def _minutes(at: datetime, moments: Moments) -> float:
    return (at - moments.raised_at).total_seconds() / 60
