"""The line at the top of every page while alerts wait for the reader: how many, who is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from imparts.design.dates import clock, local, short_day
from imparts.design.words import Phrase
from imparts.pathways.alert_words import CALLED_AS
from imparts.pathways.queries import AlertStory


@dataclass(frozen=True, slots=True)
class WaitsForYou:
    """No name and no answer stand here: the page may be seen by others."""

    number: int
    words: tuple[Phrase, ...]
    href: str

    @classmethod
    def of(cls, stories: Sequence[AlertStory], *, now: datetime) -> "WaitsForYou | None":
        """One line for all of them; nothing when none waits."""
        if not stories:
            return None
        many = len(stories)
        waits = "1 alert waits for you" if many == 1 else f"{many} alerts wait for you"
        href = (
            reverse("workspace:alert", args=[stories[0].alert.pk])
            if many == 1
            else reverse("workspace:alerts")
        )
        return cls(many, (Phrase(waits, True), Phrase(f": {_next(stories, now=now)}.")), href)


def _next(stories: Sequence[AlertStory], *, now: datetime) -> str:
    ahead = [
        (rung.at, CALLED_AS.get(rung.duty, rung.duty).lower())
        for story in stories
        for rung in story.rungs
        if rung.is_needed and not rung.called and rung.at > now
    ]
    if not ahead:
        raised = min(story.alert.raised_at for story in stories)
        return f"open since {_moment(raised, now)}, and everyone on the ladder has been called"
    at, who = min(ahead)
    return f"{who} is called at {_moment(at, now)}"


def _moment(at: datetime, now: datetime) -> str:
    return clock(at) if local(at).date() == local(now).date() else f"{clock(at)} on {short_day(at)}"


def nobody_is_calling(whom: Sequence[tuple[str, str]]) -> str:
    """What to do while no background program is there; empty where no alert waits.

    `whom` is each service where one waits, with the name of its deputy or "".
    """
    if not whom:
        return ""
    said = [
        "Nobody is being called automatically at this moment (the background program is not "
        "running)."
    ]
    for service, name in whom:
        here = f" for {service}" if len(whom) > 1 else ""
        named = f"Call the deputy{here} yourself: {name}."
        said.append(named if name else f"Nobody is named{here}: find a colleague yourself.")
    return " ".join(said)
