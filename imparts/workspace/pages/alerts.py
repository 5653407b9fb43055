"""The alert list beside one alert: waiting for someone, taken, to assess, worklist, closed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from imparts.design.dates import clock, local
from imparts.design.words import Phrase, capital
from imparts.pathways.pages import AlertLedger
from imparts.pathways.queries import AlertStory
from imparts.people.pages import Banner
from imparts.workspace.inbox import Inbox
from imparts.workspace.pages.alert_lines import AlertLines, Called, how_long, lines_of
from imparts.workspace.visits import Whereabouts

_EMPTY = "No alert is open, and none was closed today."
_ANOTHERS = (
    "These answers were filed to the wrong person. The summary says what became of them, and "
    "closes this alert once it was raised for the person who answered."
)
_JOINED = "Raised on a record that has since been joined with this person's."


@dataclass(frozen=True, slots=True)
class AlertGroup:
    """Alerts at the same stage."""

    title: str
    alerts: tuple[AlertLines, ...]
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class OneAlert:
    """The alert that is open beside the list."""

    banner: Banner
    place: tuple[Phrase, ...]
    joined: str
    ledger: AlertLedger
    patient: UUID
    sitting: UUID
    knew: int
    """The last event when the page was drawn, so that a stale page is found out."""
    is_away: bool
    """Not in the building: attempts to reach them stand open on the page."""
    lost: str = ""
    """What was typed and could not be saved, for the reader to copy."""

    @classmethod
    def of(
        cls,
        story: AlertStory,
        *,
        banner: Banner,
        patient: UUID,
        who: Whereabouts,
        before: tuple[str, str] | None,
        reader: str,
        called: Called,
        now: datetime,
        lost: str = "",
    ) -> "OneAlert":
        """Put one alert and its person together; `before` is when and what was answered before."""
        when, what = before or ("", "")
        return cls(
            banner=banner,
            place=(Phrase(who.place, True),),
            joined=_about_the_person(story, patient),
            ledger=AlertLedger.of(
                story,
                now=now,
                reader=reader,
                called=called,
                last_time=f"{capital(when)}: {what}" if before else "",
                place=who.place,
            ),
            patient=patient,
            sitting=story.alert.about,
            knew=story.events[-1].pk,
            is_away=not who.is_here,
            lost=lost,
        )


def _about_the_person(story: AlertStory, patient: UUID) -> str:
    if story.is_another_persons:
        return _ANOTHERS
    return _JOINED if patient != story.alert.patient_id else ""


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """The list, and one of them in full."""

    title: str
    counts: str
    usual: str
    as_of: str
    groups: tuple[AlertGroup, ...]
    empty: str
    not_covered: tuple[tuple[str, int], ...] = ()
    """Why nobody can be asked today at a service, in a sentence, with the service's id."""
    one: OneAlert | None = None

    @classmethod
    def of(
        cls,
        inbox: Inbox,
        *,
        where: Callable[[AlertStory], Whereabouts],
        called: Called,
        reader: str,
        now: datetime,
        usual: str = "",
        not_covered: tuple[tuple[str, int], ...] = (),
        one: OneAlert | None = None,
    ) -> "AlertsPage":
        """Put the alerts into groups by what has happened to them, oldest first."""
        selected = one.ledger.alert if one else None

        def lines(stories: Sequence[AlertStory]) -> tuple[AlertLines, ...]:
            return tuple(
                lines_of(
                    s, where(s), called, href=reverse("workspace:alert", args=[s.alert.pk]),
                    reader=reader, is_selected=s.alert.pk == selected, now=now,
                )
                for s in stories
            )  # fmt: skip

        shown = tuple(each for each in _groups(inbox, lines) if each.alerts)
        return cls(
            title="Alerts",
            counts=_counts(inbox, where, now=now),
            usual=usual,
            as_of=f"{clock(now)}:{now:%S}",
            groups=shown,
            empty="" if shown else _EMPTY,
            not_covered=not_covered,
            one=one,
        )


def _groups(
    inbox: Inbox, lines: Callable[[Sequence[AlertStory]], tuple[AlertLines, ...]]
) -> tuple[AlertGroup, ...]:
    return (
        AlertGroup("Waiting for someone", lines([s for s in inbox.open_ones if not s.taken])),
        AlertGroup("Taken, not yet acted on", lines([s for s in inbox.open_ones if s.taken])),
        AlertGroup("Assess before the session ends", _to_assess(inbox)),
        AlertGroup("Worklist", lines(inbox.worklist)),
        AlertGroup("Closed today", lines(inbox.closed_today)),
        AlertGroup("Information", lines(inbox.information), is_folded=True),
    )


def _to_assess(inbox: Inbox) -> tuple[AlertLines, ...]:
    return tuple(
        AlertLines(
            href=reverse("workspace:visit", args=[one.patient, one.sitting]),
            family_name=one.who.family_name.upper(),
            given_name=one.who.given_name,
            place=one.who.place,
            answer=(Phrase(one.what, True),),
            must_act=False,
            clock=(Phrase("Before they leave" if one.who.is_here else "Today"),),
            owner=one.why,
        )
        for one in inbox.to_assess
    )


def _counts(inbox: Inbox, where: Callable[[AlertStory], Whereabouts], *, now: datetime) -> str:
    closed = [story for story in inbox.closed_today if story.tier == "A"]
    both = (*inbox.open_ones, *closed)
    raised = sum(local(s.alert.raised_at).date() == now.date() for s in both)
    today = f"Today {raised} raised, {len(closed)} closed."
    if not inbox.open_ones:
        return f"None open. {today}"
    oldest = min(inbox.open_ones, key=lambda story: story.alert.raised_at)
    waited = how_long(int((now - oldest.alert.raised_at).total_seconds() // 60))
    place = "" if where(oldest).is_here else " (not in the building)"
    return f"{len(inbox.open_ones)} open, oldest {waited}{place}. {today}"
