"""One alert in three lines of the list: name and place; answer and clock; owner."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from imparts.design.dates import clock, local, short_day
from imparts.design.words import Phrase, counted
from imparts.pathways.alert_words import CALLED_AS, asked_before
from imparts.pathways.queries import AlertStory
from imparts.pathways.said_and_done import action_in_words
from imparts.workspace.visits import Whereabouts

Called = Callable[[str], str]
_ANOTHERS = ". Another person's answers"


@dataclass(frozen=True, slots=True)
class AlertLines:
    """One alert, or one person to assess, in three lines."""

    href: str
    family_name: str
    given_name: str
    place: str
    answer: tuple[Phrase, ...]
    must_act: bool
    clock: tuple[Phrase, ...]
    owner: str
    is_selected: bool = False


def lines_of(
    story: AlertStory,
    who: Whereabouts,
    called: Called,
    *,
    href: str,
    reader: str,
    is_selected: bool,
    now: datetime,
) -> AlertLines:
    """One alert as the list shows it."""
    return AlertLines(
        href=href,
        family_name=who.family_name.upper(),
        given_name=who.given_name,
        place=who.place,
        answer=(Phrase(asked_before(story)), Phrase(story.gravest.what, True)),
        must_act=waits(story),
        clock=_clock(story, who, now=now),
        owner=_owner(story, called, reader=reader) + _ANOTHERS * story.is_another_persons,
        is_selected=is_selected,
    )


def waits(story: AlertStory) -> bool:
    """Whether a person must act now and nobody has said that they will."""
    return story.tier == "A" and story.taken is None and not story.is_closed


def how_long(minutes: int) -> str:
    """12 min, 2 h 37 min, 3 days."""
    if minutes < 60:
        return f"{max(minutes, 0)} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // (24 * 60)} days"


def next_call(story: AlertStory, *, now: datetime) -> tuple[Phrase, ...]:
    """Who is called next and when; who was called last when nobody comes after them."""
    ahead = [
        rung
        for rung in story.rungs
        if rung.is_needed and not rung.called and (rung.duty != "owner" or rung.at > now)
    ]
    if ahead:
        rung = ahead[0]
        left = ceil((rung.at - now).total_seconds() / 60)
        words = f"{_short(rung.duty)} {_when(rung.at, now)}"
        return (Phrase(words, True), Phrase(f", {how_long(left)}" if left > 0 else ", due now"))
    made = [(r.duty, r.called.at) for r in story.rungs if r.called and r.called.for_whom]
    if not made:
        return (Phrase("Nobody is named to be called", True),)
    duty, at = made[-1]
    return (Phrase(f"{_short(duty)} called {_when(at, now)}", True),)


def _short(duty: str) -> str:
    return CALLED_AS.get(duty, duty).split(" ")[0]


def _when(at: datetime, now: datetime) -> str:
    return clock(at) if local(at).date() == local(now).date() else f"{short_day(at)} {clock(at)}"


def _clock(story: AlertStory, who: Whereabouts, *, now: datetime) -> tuple[Phrase, ...]:
    if story.closed:
        talked = story.acted and story.acted.details.get("talked_by") in ("me", "someone_else")
        words = "Talked, closed" if talked else "Closed"
        return (Phrase(f"{words} {clock(story.closed.at)}"),)
    if waits(story):
        return next_call(story, now=now)
    if story.tier != "A":
        return (Phrase("Nobody is called"),)
    return (Phrase("Before they leave" if who.is_here else "Reach them today"), *_record_by(story))


def _record_by(story: AlertStory) -> tuple[Phrase, ...]:
    """Taken: until when what was done is recorded, before others are called."""
    by = story.record_by
    if by is None:
        return ()
    return (Phrase(". Record by "), Phrase(clock(by), True))


def _owner(story: AlertStory, called: Called, *, reader: str) -> str:
    if story.closed:
        acted = story.acted.details if story.acted else {}
        return f"{called(story.closed.by)}. {action_in_words(acted)}".strip()
    if story.handed_on:
        to = "you" if story.owner == reader else called(story.owner)
        return f"Handed to {to} {clock(story.handed_on.at)}, not yet taken{_tried(story)}"
    if story.taken:
        owner = "You" if story.taken.by == reader else called(story.taken.by)
        return f"{owner}, {clock(story.taken.at)}{_tried(story)}"
    return f"{_called_and_seen(story, called, reader=reader)}{_tried(story)}"


def _called_and_seen(story: AlertStory, called: Called, *, reader: str) -> str:
    """Whose it is, and whether somebody has seen it: "You and Nurse. Seen 10:18, not taken"."""
    asked = dict.fromkeys(
        "You" if rung.called.for_whom == reader else called(rung.called.for_whom)
        for rung in story.rungs
        if rung.called and rung.called.for_whom
    )
    seen = story.first_seen
    said = f"Seen {clock(seen.at)}, not taken" if seen else "Not seen yet"
    return f"{' and '.join(asked)}. {said}" if asked else said


def _tried(story: AlertStory) -> str:
    """What was tried to reach someone who had left: "First call 09:35, no answer"."""
    if not story.attempts:
        return ""
    last = story.attempts[-1]
    many = "" if len(story.attempts) == 1 else f"{counted(len(story.attempts), 'attempt')}, last: "
    return f". {many}{last.what} ({clock(last.at)})"
