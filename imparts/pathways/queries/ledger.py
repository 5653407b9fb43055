"""The ledger: every alert of some services, with filters, and how quickly people acted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.db.models import Q
from django.utils import timezone

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.pathways.models import Alert
from imparts.pathways.queries.alerts import open_ones
from imparts.pathways.queries.ladders import due_in
from imparts.pathways.queries.stories import AlertStory, stories_of


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What the ledger shows; what is left out is not asked."""

    service: int | None = None
    tier: str = ""
    state: str = ""
    """The name of an event (AlertStory.state), or "open" for all that are not closed."""
    owner: str = ""
    """A user name."""
    from_on: date | None = None
    until_on: date | None = None
    """The last day, itself included."""
    overdue: bool = False
    """Open, not taken, and past the time at which somebody had to be called."""


@dataclass(frozen=True, slots=True)
class Times:
    """How quickly alerts were seen, taken and acted on; None where there is none to count."""

    alerts: int
    to_seen: timedelta | None
    to_taken: timedelta | None
    to_acted: timedelta | None
    """Medians, each over the alerts that came so far."""
    open: int
    oldest_open_at: datetime | None


def ledger_for(asking: Asking, wanted: LedgerFilter, *, at: datetime) -> list[AlertStory]:
    """Alerts of the services where someone may see the ledger, latest first."""
    alerts = Alert.objects.filter(service_id__in=asking.services_where(May.SEE_LEDGER))
    if wanted.service is not None:
        alerts = alerts.filter(service_id=wanted.service)
    if wanted.from_on:
        alerts = alerts.filter(raised_at__gte=_midnight(wanted.from_on))
    if wanted.until_on:
        alerts = alerts.filter(raised_at__lt=_midnight(wanted.until_on + timedelta(days=1)))
    if wanted.overdue or wanted.state == "open":
        alerts = alerts.filter(Q(pk__in=open_ones(Alert.objects.all())) | ~Q(tier=Alert.Tier.A))
    stories = stories_of(alerts.order_by("-raised_at", "-id"))
    return [story for story in stories if _is_wanted(story, wanted, at=at)]


def is_overdue(story: AlertStory, *, at: datetime) -> bool:
    """Open and not taken although the deputy's time has come, whether or not somebody was called.

    An alert that was handed on is overdue when whoever receives it has not accepted it in time.
    """
    if story.is_closed or story.taken:
        return False
    later = [rung for rung in story.rungs if rung.duty != "owner"]
    return any(rung.called for rung in later) or bool(
        [rung for rung in due_in(story, at=at) if rung.duty != "owner"]
    )


def times_of(stories: Iterable[AlertStory]) -> Times:
    """Median to seen, to taken, to acted, and the oldest that is open."""
    found = list(stories)
    still_open = [story for story in found if not story.is_closed]
    return Times(
        alerts=len(found),
        to_seen=_median(found, "first_seen"),
        to_taken=_median(found, "first_taken"),
        to_acted=_median(found, "acted"),
        open=len(still_open),
        oldest_open_at=min((story.alert.raised_at for story in still_open), default=None),
    )


def _median(stories: list[AlertStory], event: str) -> timedelta | None:
    waited = [
        (getattr(story, event).at - story.alert.raised_at).total_seconds()
        for story in stories
        if getattr(story, event)
    ]
    return timedelta(seconds=median(max(each, 0) for each in waited)) if waited else None


def _is_wanted(story: AlertStory, wanted: LedgerFilter, *, at: datetime) -> bool:
    return (
        (not wanted.tier or story.tier == wanted.tier)
        and (not wanted.owner or story.owner == wanted.owner)
        and (not wanted.overdue or is_overdue(story, at=at))
        and _is_in_state(story, wanted.state)
    )


def _is_in_state(story: AlertStory, state: str) -> bool:
    if state == "open":
        return not story.is_closed
    return not state or story.state == state


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
