"""Escalating: whoever is due is called; worked out each time from what is stored (hazard H1).

No list of calls to come is kept, so none can be lost: a worker that was killed, or an hour away,
finds what is due when it is back. Each alert is a transaction of its own.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from imparts.pathways.actions.calling import call
from imparts.pathways.actions.events import hold
from imparts.pathways.models import Alert
from imparts.pathways.queries.alerts import open_ones, story_of
from imparts.pathways.queries.cover import Cover, cover_on
from imparts.pathways.queries.ladders import due_in, spent_on_nobody
from imparts.pathways.queries.stories import AlertStory, stories_of

_log = logging.getLogger("imparts.alerts")


def escalate_due(*, at: datetime) -> int:
    """Call everybody who is due at a moment; gives how many calls were written.

    One alert that fails keeps no other from its turn. What failed is raised at the end, so that it
    is heard of; nothing of that alert is stored, and the next look tries it again.
    """
    called, failed = 0, []
    covers: dict[int, Cover] = {}
    for alert, story in _waiting():
        try:
            known = story or story_of(alert)
            if due_in(known, at=at) or _is_named_later(known, covers, at=at):
                called += _escalate(alert, at=at)
        except Exception as why:
            _log.error("alert %s could not be looked at; it is tried again", alert.pk)
            failed.append(why)
    if failed:
        raise ExceptionGroup(f"{len(failed)} alerts are tried again", failed)
    return called


def _waiting() -> Iterable[tuple[Alert, AlertStory | None]]:
    """Open alerts, oldest first; without their stories when one of them cannot be read.

    Then each is read alone, under the guard of its own turn.
    """
    alerts = list(open_ones(Alert.objects.all()).order_by("raised_at", "id"))
    try:
        stories = {s.alert.pk: s for s in stories_of(open_ones(Alert.objects.all()))}
    except Exception:
        _log.error("the stories of open alerts cannot be read together; each is read alone")
        stories = {}
    return [(alert, stories.get(alert.pk)) for alert in alerts]


def _is_named_later(story: AlertStory, covers: dict[int, Cover], *, at: datetime) -> bool:
    """Whether somebody now holds a duty that nobody held; a service's cover is read once a look."""
    spent, service = spent_on_nobody(story), story.alert.service
    if spent and service.pk not in covers:
        covers[service.pk] = cover_on(service, timezone.localdate(at))
    return any(covers[service.pk].of(rung.duty).staff for rung in spent)


def _escalate(alert: Alert, *, at: datetime) -> int:
    """Call until nobody more is due: a rung that nobody holds passes the call on at once."""
    called = 0
    try:
        with transaction.atomic():
            hold(alert)
            cover = cover_on(alert.service, timezone.localdate(at))
            story = story_of(alert)
            while rungs := due_in(story, at=at):
                for rung in rungs:
                    called += call(story, rung, cover, at=at)
                story = story_of(alert)
            for rung in spent_on_nobody(story):
                if cover.of(rung.duty).staff is not None:
                    called += call(story, rung, cover, at=at)
    except IntegrityError as why:
        if "a_rung_is_called_once" not in str(why):
            raise
        return 0  # another worker has called meanwhile
    return called
