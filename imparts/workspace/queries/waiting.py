"""Which open alerts wait for one person: as owner, as whoever was called, or handed to them."""

from collections.abc import Callable, Iterable
from datetime import datetime

from imparts.access.queries import Asking
from imparts.design.dates import local
from imparts.organisations.models import Service
from imparts.pathways.queries import AlertStory, Cover, cover_on
from imparts.rules.alerting.ladder import DESK

CoverOf = Callable[[Service], Cover]


def waiting_for(
    asking: Asking, open_ones: Iterable[AlertStory], *, at: datetime
) -> list[AlertStory]:
    """Of the alerts open for someone, those that nobody has taken and that are theirs to take.

    Whoever should have been called by the clock counts as called, for the worker may be late. When
    nobody is named, it waits for everybody who may act.
    """
    untaken = [story for story in open_ones if story.taken is None]
    covers: dict[int, Cover] = {}

    def cover(service: Service) -> Cover:
        if service.pk not in covers:
            covers[service.pk] = cover_on(service, local(at).date())
        return covers[service.pk]

    return [story for story in untaken if _is_theirs(story, asking, cover, at=at)]


def _is_theirs(story: AlertStory, asking: Asking, cover: CoverOf, *, at: datetime) -> bool:
    if story.handed_on and story.handed_on.for_whom == asking.username:
        return True
    names = set(_called(story, cover, at=at))
    if story.handed_on:
        names.add(story.handed_on.for_whom)
    return asking.username in names or not any(names)


def _called(story: AlertStory, cover: CoverOf, *, at: datetime) -> Iterable[str]:
    """User names of those called, or due to be called, in the order of the ladder."""
    yield from (call.for_whom for call in story.calls if not call.rung.startswith(DESK))
    for rung in story.rungs:
        if not rung.called and rung.is_needed and rung.at <= at:
            held = cover(story.alert.service).of(rung.duty)
            yield held.staff.username if held.staff else ""
