"""What the page of one alert may show: the promise as a line, and every state with its time.

All states always stand there; those to come are grey. Nothing here grades a risk (hazard H1).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from imparts.design.dates import clock, local, short_day
from imparts.design.words import Phrase
from imparts.pathways.alert_words import CALLED_AS, asked_before, question_in_words
from imparts.pathways.pages.clock_line import ClockLine, Moments, later, line_of
from imparts.pathways.queries import AlertStory, Name
from imparts.pathways.said_and_done import what_was_done

if TYPE_CHECKING:
    from imparts.pathways.models import AlertEvent

_ORDER = (
    "raised", "delivered", "told", "seen", "escalated", "acknowledged", "handed_on", "acted",
    "closed",
)  # fmt: skip
_LIKE = {"answered_again": "raised", "noted": "acknowledged"}
_TO_COME = {
    "handed_on": "To nobody",
    "acted": "Not yet. Only this can lead to closing",
}
Called = Callable[[str], str]


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
class AlertLedger:
    """One alert from raised to closed."""

    alert: int
    headline: tuple[Phrase, ...]
    clock: ClockLine | None
    """None for tiers of which nobody is called."""
    clock_words: str
    rows: tuple[LedgerRow, ...]
    can_take: bool
    take: str
    is_first_to_take: bool
    instead_of: str
    """The owner whom the page shows, so that a page that is out of date takes it from nobody."""
    can_hand_on: bool
    is_closed: bool

    @classmethod
    def of(
        cls,
        story: AlertStory,
        *,
        now: datetime,
        reader: str,
        called: Called,
        last_time: str = "",
        place: str = "",
    ) -> "AlertLedger":
        """Put one alert into words; `called` says who a user name is, `reader` is who reads."""
        moments = _moments(story, now=now, reader=reader, called=called, place=place)
        return cls(
            alert=story.alert.pk,
            headline=_headline(story, last_time),
            clock=line_of(moments) if story.rungs else None,
            clock_words=_clock_words(story, moments),
            rows=_rows(story, called),
            can_take=not story.is_closed and (story.taken is None or story.taken.by != reader),
            take=_take(story, reader, called),
            is_first_to_take=story.taken is None,
            instead_of=story.taken.by if story.taken else "",
            can_hand_on=story.taken is not None and story.taken.by == reader,
            is_closed=story.is_closed,
        )


def _take(story: AlertStory, reader: str, called: Called) -> str:
    if story.taken and story.taken.by != reader:
        return f"Take over from {called(story.taken.by)}"
    return "I'll ask now"


def _headline(story: AlertStory, last_time: str) -> tuple[Phrase, ...]:
    """What was asked and answered; a later answer stands beside the first with its own time."""
    asked = question_in_words(story)
    said = _each_answer(story) if len(story.answers) > 1 else story.gravest.what
    before = f" {last_time}." if last_time else ""
    return (
        Phrase(f"{asked[:1].upper()}{asked[1:]}{'' if asked.endswith('?') else ':'} {said}.", True),
        Phrase(f"{before} "),
        Phrase(story.do or _needs(story), True),
    )


def _needs(story: AlertStory) -> str:
    if story.kind != "positive":
        return "Ask in person."
    if story.alert.appointment is None:
        return "Needs a conversation."
    return "Needs a conversation before they leave."


def _each_answer(story: AlertStory) -> str:
    return ", then ".join(f"{answer.what} at {clock(answer.at)}" for answer in story.answers)


def _moments(
    story: AlertStory, *, now: datetime, reader: str, called: Called, place: str
) -> Moments:
    taken = story.taken
    return Moments(
        raised_at=story.alert.raised_at,
        now=now,
        taken_at=taken.at if taken else None,
        taken_by="you" if taken and taken.by == reader else called(taken.by) if taken else "",
        closed_at=story.closed.at if story.closed else None,
        promises=story.rungs,
        goal="goal: before they leave" if story.alert.appointment else "",
        place=place,
    )


def _clock_words(story: AlertStory, moments: Moments) -> str:
    """What the line cannot show: the next working morning, or that nobody is called."""
    if not story.rungs:
        return {"B": "In the worklist; nobody is called.", "C": "For information."}.get(
            story.tier, ""
        )
    far = later(moments)
    if story.record_by:
        return " ".join([*(f"{each}." for each in far), _record_by(story, story.record_by)])
    if not far:
        return ""
    came = f"Came outside the hours, {short_day(story.alert.raised_at)}."
    rule = story.clocks.out_of_hours.rstrip(".")
    return f"{came} {'. '.join([*far, *([rule] if rule else [])])}."


def _record_by(story: AlertStory, by: datetime) -> str:
    """Taking stops the calls for a time only; also who was called since."""
    called = [e for e in story.calls if " unacted " in e.rung and e.for_whom and e.at >= by]
    if called:
        return f"{called[-1].what}."
    return (
        f"Record what was done by {clock(by)}, or the deputy is called; at "
        f"{story.clocks.closes_at:%H:%M} the service manager."
    )


def _rows(story: AlertStory, called: Called) -> tuple[LedgerRow, ...]:
    """Every event in order, with the states still to come in their places."""
    ranked: list[tuple[int, LedgerRow]] = []
    for event in story.events:
        state = str(event.name)
        row = LedgerRow(
            state=event.get_name_display(),
            time=_time(event.at, story),
            since=_since(event.at, story.alert.raised_at),
            who=_who(event, called),
            what=_what(story, event, called),
        )
        ranked.append((_ORDER.index(_LIKE.get(state, state)), row))
    there = {event.name for event in story.events}
    for rank, state in enumerate(_ORDER):
        if state in there:
            continue
        after = [n for n, (other, _) in enumerate(ranked) if other <= rank]
        to_come = LedgerRow(Name(state).label, "", "", "", _to_come(story, state), is_to_come=True)
        ranked.insert(after[-1] + 1 if after else 0, (rank, to_come))
    return tuple(row for _, row in ranked)


def _time(at: datetime, story: AlertStory) -> str:
    """Seconds on the day on which it was raised; the day stands before the time of later ones."""
    if local(at).date() == local(story.alert.raised_at).date():
        return f"{clock(at)}:{local(at):%S}"
    return f"{short_day(at)} {clock(at)}"


def _to_come(story: AlertStory, state: str) -> str:
    if state == "escalated":
        ahead = [
            rung
            for rung in story.rungs
            if rung.is_needed and not rung.called and rung.at > story.alert.raised_at
        ]
        if ahead:
            return f"{CALLED_AS.get(ahead[0].duty, ahead[0].duty)} at {clock(ahead[0].at)}"
        return "Nobody"
    return _TO_COME.get(state, "")


def _who(event: "AlertEvent", called: Called) -> str:
    if event.name == Name.ESCALATED:
        return called(event.for_whom) if event.for_whom else "Nobody is named"
    if event.name == Name.TOLD:
        return "Patient"
    if event.name == Name.DELIVERED:
        return event.what
    return called(event.by)


def _what(story: AlertStory, event: "AlertEvent", called: Called) -> str:
    if event in story.answers:
        return f"{asked_before(story)}{event.what}"
    if event.name == Name.TOLD:
        return f"“{event.what[:1].upper()}{event.what[1:].rstrip('.')}.”"
    if event.name == Name.DELIVERED:
        return "On the screens of everyone who may act here"
    if event.name == Name.HANDED_ON:
        return f"To {called(event.for_whom)}: {event.what}"
    return event.what or what_was_done(event.details)


def _since(at: datetime, raised_at: datetime) -> str:
    seconds = int((at - raised_at).total_seconds())
    if seconds <= 0:
        return ""
    if seconds < 60:
        return f"+{seconds} s"
    minutes = seconds // 60
    if minutes < 60:
        return f"+{minutes} min"
    return f"+{minutes // 60} h {minutes % 60} min" if minutes < 2880 else f"+{minutes // 1440} d"
