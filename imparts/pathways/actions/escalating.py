"""Escalating: whoever is due is called; worked out each time from what is stored (hazard H1).

No list of calls to come is kept, so none can be lost: a worker that was killed, or an hour away,
finds what is due when it is back. Each alert is a transaction of its own.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from imparts.pathways.actions.calling import call
from imparts.pathways.actions.events import hold
from imparts.pathways.models import Alert
from imparts.pathways.queries.alerts import open_ones, story_of
from imparts.pathways.queries.cover import cover_on
from imparts.pathways.queries.ladders import due_in
from imparts.pathways.queries.stories import stories_of


def escalate_due(*, at: datetime) -> int:
    """Call everybody who is due at a moment; gives how many calls were written.

    One alert that fails keeps no other from its turn. What failed is raised at the end, so that it
    is heard of; nothing of that alert is stored, and the next look tries it again.
    """
    called, failed = 0, []
    waiting = stories_of(open_ones(Alert.objects.all()).order_by("raised_at", "id"))
    for story in waiting:
        if not due_in(story, at=at):
            continue
        try:
            called += _escalate(story.alert, at=at)
        except Exception as why:
            failed.append(why)
    if failed:
        raise ExceptionGroup(f"{len(failed)} alerts are tried again", failed)
    return called


def _escalate(alert: Alert, *, at: datetime) -> int:
    """Call until nobody more is due: a rung that nobody holds passes the call on at once."""
    called = 0
    try:
        with transaction.atomic():
            hold(alert)
            cover = cover_on(alert.service, timezone.localdate(at))
            while rungs := due_in(story_of(alert), at=at):
                for rung in rungs:
                    call(alert, rung, cover, at=at)
                    called += 1
    except IntegrityError as why:
        if "a_rung_is_called_once" not in str(why):
            raise
        return 0  # another worker has called meanwhile
    return called
