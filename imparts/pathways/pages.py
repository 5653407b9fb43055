"""What the page of one alert may show: the promise as a line, and every state with its time.

The line shows the promise (who is called when), never a countdown: an absolute time stays true on a
page that has stopped updating. Nothing here grades a risk (hazard H1).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from imparts.design.dates import clock
from imparts.design.words import Phrase
from imparts.pathways.alert_words import asked_before, question_in_words
from imparts.pathways.queries import AlertStory, Name
from imparts.pathways.said_and_done import what_was_done

if TYPE_CHECKING:
    from imparts.pathways.models import AlertEvent

PX_A_MINUTE = 20
LINE_MINUTES = 45
LEFT = 8
_ORDER = ("raised", "delivered", "told", "seen", "acknowledged", "acted", "closed")
_LIKE = {"answered_again": "raised", "noted": "acknowledged"}
_TO_COME = {"acted": "Not yet. Only this can lead to closing"}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One state of an alert: when, how long after it was raised, by whom, what."""

    state: str
    time: str
    since: str
    who: str
    what: str
    is_to_come: bool = False


@dataclass(frozen=True, slots=True)
class LineLabel:
    """Words above or below the line."""

    x: int
    text: str
    is_below: bool = False
    is_strong: bool = False
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class ClockLine:
    """From 0 to 45 minutes after the alert was raised, 20 px a minute."""

    now_x: int
    taken_x: int | None
    ticks: tuple[int, ...]
    labels: tuple[LineLabel, ...]
    described: str


@dataclass(frozen=True, slots=True)
class AlertLedger:
    """One alert from raised to closed."""

    alert: int
    headline: tuple[Phrase, ...]
    clock: ClockLine
    rows: tuple[LedgerRow, ...]
    can_take: bool
    takes_over_from: str
    is_closed: bool

    @classmethod
    def of(
        cls,
        story: AlertStory,
        *,
        now: datetime,
        reader: str,
        called: Callable[[str], str],
        last_time: str = "",
        place: str = "",
    ) -> "AlertLedger":
        """Put one alert into words; `called` says who a user name is, `reader` is who reads."""
        taken = story.taken
        return cls(
            alert=story.alert.pk,
            headline=_headline(story, last_time),
            clock=_line(story, now=now, reader=reader, called=called, place=place),
            rows=_rows(story, called),
            can_take=not story.is_closed and (taken is None or taken.by != reader),
            takes_over_from=called(taken.by) if taken and taken.by != reader else "",
            is_closed=story.is_closed,
        )


def _headline(story: AlertStory, last_time: str) -> tuple[Phrase, ...]:
    """What was asked and answered; a later answer stands beside the first with its own time."""
    asked = question_in_words(story)
    said = _each_answer(story) if len(story.answers) > 1 else story.gravest.what
    before = f" {last_time}." if last_time else ""
    needs = (
        "Needs a conversation before they leave." if story.kind == "positive" else "Ask in person."
    )
    needs = story.do or needs
    return (
        Phrase(f"{asked[:1].upper()}{asked[1:]}{'' if asked.endswith('?') else ':'} {said}.", True),
        Phrase(f"{before} "),
        Phrase(needs, True),
    )


def _each_answer(story: AlertStory) -> str:
    return ", then ".join(f"{answer.what} at {clock(answer.at)}" for answer in story.answers)


def _line(
    story: AlertStory,
    *,
    now: datetime,
    reader: str,
    called: Callable[[str], str],
    place: str,
) -> ClockLine:
    taken = story.taken
    end = LEFT + LINE_MINUTES * PX_A_MINUTE
    ladder = (("deputy", story.deputy_at), ("liaison", story.liaison_at))
    labels = [LineLabel(0, f"{clock(story.alert.raised_at)} raised", anchor="start")]
    labels += [LineLabel(_x(story, at), f"{clock(at)} {who}") for who, at in ladder]
    labels += [LineLabel(end, "goal: before they leave", anchor="end")]
    labels += [LineLabel(end, place, is_below=True, anchor="end")] if place else []
    if taken:
        by = "you" if taken.by == reader else called(taken.by)
        words = f"{clock(taken.at)} taken by {by}"
        x = _x(story, taken.at)
        labels.append(
            LineLabel(max(x - 6, 0), words, is_below=True, is_strong=True, anchor="start")
        )
        not_needed = [at for _, at in ladder if at > taken.at and _x(story, at) > x + 200]
        labels += [LineLabel(_x(story, at), "not needed: taken", True) for at in not_needed]
    now_x = _x(story, now)
    if not story.is_closed and _has_room(now_x, labels):
        labels.append(LineLabel(now_x + 5, f"now {clock(now)}", anchor="start"))
    return ClockLine(
        now_x=now_x,
        taken_x=_x(story, taken.at) if taken else None,
        ticks=tuple(
            _x(story, at) for at in (story.alert.raised_at, story.deputy_at, story.liaison_at)
        ),
        labels=tuple(labels),
        described=". ".join(label.text for label in labels) + ".",
    )


def _has_room(x: int, labels: Sequence[LineLabel]) -> bool:
    """Whether "now 10:19" fits above the line without touching other words."""
    spans = {"start": (0, 78), "middle": (-48, 48), "end": (-150, 0)}
    above = [(label.x, spans[label.anchor]) for label in labels if not label.is_below]
    return all(x + 72 < at + left or x > at + right for at, (left, right) in above)


def _x(story: AlertStory, at: datetime) -> int:
    minutes = (at - story.alert.raised_at).total_seconds() / 60
    return LEFT + round(min(max(minutes, 0), LINE_MINUTES) * PX_A_MINUTE)


def _rows(story: AlertStory, called: Callable[[str], str]) -> tuple[LedgerRow, ...]:
    """Every event in order, with the states still to come in their places."""
    ranked: list[tuple[int, LedgerRow]] = []
    for event in story.events:
        state = str(event.name)
        row = LedgerRow(
            state=event.get_name_display(),
            time=f"{clock(event.at)}:{event.at:%S}",
            since=_since(event.at, story.alert.raised_at),
            who=called(event.by),
            what=_what(story, event),
        )
        ranked.append((_ORDER.index(_LIKE.get(state, state)), row))
    there = {event.name for event in story.events}
    for rank, state in enumerate(_ORDER):
        if state in there:
            continue
        after = [n for n, (other, _) in enumerate(ranked) if other <= rank]
        label = Name(state).label
        to_come = LedgerRow(label, "", "", "", _TO_COME.get(state, ""), is_to_come=True)
        ranked.insert(after[-1] + 1 if after else 0, (rank, to_come))
    return tuple(row for _, row in ranked)


def _what(story: AlertStory, event: "AlertEvent") -> str:
    if event in story.answers:
        return f"{asked_before(story)}{event.what}"
    if event.name == Name.TOLD:
        return f"“{event.what[:1].upper()}{event.what[1:].rstrip('.')}.”"
    return event.what or what_was_done(event.details)


def _since(at: datetime, raised_at: datetime) -> str:
    seconds = int((at - raised_at).total_seconds())
    if seconds <= 0:
        return ""
    if seconds < 60:
        return f"+{seconds} s"
    minutes = seconds // 60
    return f"+{minutes} min" if minutes < 60 else f"+{minutes // 60} h {minutes % 60} min"
