"""Escalating: whoever is due is called; worked out each time from what is stored (hazard H1).

No list of calls to come is kept, so none can be lost: a worker that was killed, or an hour away,
finds what is due when it is back. Each alert is a transaction of its own.
"""

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from imparts.pathways.actions.calling import call
from imparts.pathways.actions.events import hold
from imparts.pathways.actions.turns import give_each_its_turn
from imparts.pathways.models import Alert
from imparts.pathways.queries.alerts import open_ones, story_of
from imparts.pathways.queries.cover import Cover, cover_on
from imparts.pathways.queries.ladders import due_in, spent_on_nobody
from imparts.pathways.queries.stories import AlertStory, stories_of

_log = logging.getLogger("imparts.alerts")


def escalate_due(*, at: datetime) -> int:
    """Call everybody who is due at a moment; gives how many calls were written.

    One alert that fails keeps no other from its turn, and nothing of it is stored.
    """
    alerts = list(open_ones(Alert.objects.all()).order_by("raised_at", "id"))
    stories, covers = _stories(), dict[int, Cover]()

    def look(alert: Alert) -> int:
        story = stories.get(alert.pk) or story_of(alert)
        is_due = due_in(story, at=at) or _is_named_later(story, covers, at=at)
        return _escalate(alert, at=at) if is_due else 0

    failed = "alert %s could not be looked at; it is tried again"
    return give_each_its_turn(alerts, look, named="alerts", failed=failed)


def _stories() -> dict[int, AlertStory]:
    """Those of open alerts; none when one cannot be read, then each is read in its own turn."""
    try:
        return {s.alert.pk: s for s in stories_of(open_ones(Alert.objects.all()))}
    except Exception:
        _log.error("the stories of open alerts cannot be read together; each is read alone")
        return {}


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
