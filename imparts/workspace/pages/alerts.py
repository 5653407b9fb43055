"""The alert list beside one alert: waiting for someone, taken, closed today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from imparts.design.dates import clock, local
from imparts.design.words import Phrase
from imparts.pathways.alert_words import asked_before
from imparts.pathways.pages import AlertLedger
from imparts.pathways.queries import AlertStory
from imparts.pathways.said_and_done import action_in_words
from imparts.people.pages import Banner
from imparts.workspace.visits import Whereabouts

_EMPTY = "No alert is open, and none was closed today."


@dataclass(frozen=True, slots=True)
class AlertLines:
    """One alert in three lines: name and place; answer and clock; owner."""

    alert: int
    family_name: str
    given_name: str
    place: str
    answer: tuple[Phrase, ...]
    must_act: bool
    clock: tuple[Phrase, ...]
    owner: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class AlertGroup:
    """Alerts at the same stage."""

    title: str
    alerts: tuple[AlertLines, ...]


@dataclass(frozen=True, slots=True)
class OneAlert:
    """The alert that is open beside the list."""

    banner: Banner
    place: tuple[Phrase, ...]
    ledger: AlertLedger
    patient: UUID
    sitting: UUID

    @classmethod
    def of(
        cls,
        story: AlertStory,
        *,
        banner: Banner,
        patient: UUID,
        place: str,
        before: tuple[str, str] | None,
        reader: str,
        called: Callable[[str], str],
        now: datetime,
    ) -> "OneAlert":
        """Put one alert and its person together; `before` is when and what was answered before."""
        when, what = before or ("", "")
        return cls(
            banner=banner,
            place=(Phrase(place, True),),
            ledger=AlertLedger.of(
                story,
                now=now,
                reader=reader,
                called=called,
                last_time=f"{when[:1].upper()}{when[1:]}: {what}" if before else "",
                place=place,
            ),
            patient=patient,
            sitting=story.alert.about,
        )


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """Every alert that someone may act on, and one of them in full."""

    title: str
    counts: str
    usual: str
    as_of: str
    groups: tuple[AlertGroup, ...]
    empty: str
    one: OneAlert | None = None

    @classmethod
    def of(
        cls,
        *,
        open_ones: Sequence[AlertStory],
        closed_today: Sequence[AlertStory],
        where: Callable[[AlertStory], Whereabouts],
        called: Callable[[str], str],
        reader: str,
        now: datetime,
        usual: str = "",
        one: OneAlert | None = None,
    ) -> "AlertsPage":
        """Put the alerts into groups by what has happened to them, oldest first."""
        selected = one.ledger.alert if one else None

        def group(title: str, stories: Sequence[AlertStory]) -> AlertGroup:
            return AlertGroup(
                title,
                tuple(
                    _lines(s, where(s), called, reader=reader, selected=selected, now=now)
                    for s in stories
                ),
            )

        groups = (
            group("Waiting for someone", [s for s in open_ones if s.taken is None]),
            group("Taken, not yet acted on", [s for s in open_ones if s.taken is not None]),
            group("Closed today", closed_today),
        )
        return cls(
            title="Alerts",
            counts=_counts(open_ones, closed_today, now=now),
            usual=usual,
            as_of=f"{clock(now)}:{now:%S}",
            groups=tuple(each for each in groups if each.alerts),
            empty="" if open_ones or closed_today else _EMPTY,
            one=one,
        )


def _counts(open_ones: Sequence[AlertStory], closed: Sequence[AlertStory], *, now: datetime) -> str:
    raised = sum(local(s.alert.raised_at).date() == now.date() for s in (*open_ones, *closed))
    today = f"Today {raised} raised, {len(closed)} closed."
    if not open_ones:
        return f"None open. {today}"
    oldest = min(story.alert.raised_at for story in open_ones)
    waited = how_long(int((now - oldest).total_seconds() // 60))
    return f"{len(open_ones)} open, oldest {waited}. {today}"


def how_long(minutes: int) -> str:
    """12 min, 2 h 37 min, 3 days."""
    if minutes < 60:
        return f"{max(minutes, 0)} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // (24 * 60)} days"


def _lines(
    story: AlertStory,
    who: Whereabouts,
    called: Callable[[str], str],
    *,
    reader: str,
    selected: int | None,
    now: datetime,
) -> AlertLines:
    must_act = story.taken is None and not story.is_closed
    return AlertLines(
        alert=story.alert.pk,
        family_name=who.family_name.upper(),
        given_name=who.given_name,
        place=who.place,
        answer=(Phrase(asked_before(story)), Phrase(story.gravest.what, True)),
        must_act=must_act,
        clock=_clock(story, now=now),
        owner=_owner(story, called, reader=reader),
        is_selected=story.alert.pk == selected,
    )


def _clock(story: AlertStory, *, now: datetime) -> tuple[Phrase, ...]:
    if story.closed:
        return (Phrase(f"Closed {clock(story.closed.at)}"),)
    if story.taken:
        return (Phrase("Before they leave"),)
    waits = how_long(ceil((story.deputy_at - now).total_seconds() / 60))
    if story.deputy_at > now:
        return (Phrase(f"Deputy {clock(story.deputy_at)}", True), Phrase(f", {waits}"))
    if story.liaison_at > now:
        return (Phrase(f"Deputy since {clock(story.deputy_at)}", True),)
    return (Phrase(f"Liaison since {clock(story.liaison_at)}", True),)


def _owner(story: AlertStory, called: Callable[[str], str], *, reader: str) -> str:
    if story.closed:
        acted = story.acted.details if story.acted else {}
        return f"{called(story.closed.by)}. {action_in_words(acted)}".strip()
    if story.taken:
        owner = "You" if story.taken.by == reader else called(story.taken.by)
        return f"{owner}, {clock(story.taken.at)}"
    seen = [event for event in story.events if event.name == "seen"]
    return f"Seen {clock(seen[0].at)}, not taken" if seen else "Not seen yet"
