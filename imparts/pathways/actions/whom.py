"""Whom a call goes to: whoever holds the duty, whoever took the alert, or everybody."""

from collections.abc import Iterable

from imparts.access.models import Staff
from imparts.access.queries import staff_at
from imparts.access.roles import May
from imparts.design.dates import clock
from imparts.pathways.models import Duty
from imparts.pathways.queries.cover import Cover
from imparts.pathways.queries.stories import AlertStory
from imparts.rules.alerting.ladder import AGAIN, EVERYONE, TAKER, Rung

_NAMES = {TAKER: "Reminded", EVERYONE: "Everyone", AGAIN: "Called again"}


def whom(rung: Rung, story: AlertStory, cover: Cover) -> tuple[list[Staff], str]:
    """Who is called on a rung; and why nobody is, where that is known."""
    if rung.duty == EVERYONE:
        return _everyone(cover), ""
    if rung.duty == AGAIN:
        return _called_before(story, cover) or _everyone(cover), ""
    if rung.duty == TAKER:
        return _active([story.owner]), ""
    held = cover.of(rung.duty)
    if held.staff is not None and story.taken and held.staff.username == story.owner:
        return [], f"{held.staff.name} has taken it"
    return ([held.staff] if held.staff else []), held.because


def why(rung: Rung, story: AlertStory) -> str:
    """Duty and reason, for the line of the story; who took it, when nothing was recorded."""
    name = _NAMES.get(rung.duty) or str(Duty(rung.duty).label)
    if story.taken is None:
        return f"{name}: {rung.why}"
    taker = Staff.objects.filter(username=story.taken.by).first()
    by = taker.name if taker else "a colleague"
    return f"{name}: taken by {by} at {clock(story.taken.at)}, {rung.why}"


def _everyone(cover: Cover) -> list[Staff]:
    return staff_at(cover.service.pk, may=May.ACT_ON_ALERTS, on=cover.on)


def _called_before(story: AlertStory, cover: Cover) -> list[Staff]:
    """Everybody called so far, and whoever holds a duty today: it may be another day."""
    today = [held.staff for held in cover.all if held.staff]
    before = _active(event.for_whom for event in story.calls)
    return list({staff.pk: staff for staff in (*before, *today)}.values())


def _active(usernames: Iterable[str]) -> list[Staff]:
    names = {name for name in usernames if name}
    return list(Staff.objects.filter(username__in=names, is_active=True).order_by("pk"))
