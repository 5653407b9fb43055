"""Whom staff call themselves while no background program is there to call anybody."""

from collections.abc import Iterable
from datetime import datetime

from imparts.design.dates import local
from imparts.pathways.queries import AlertStory, cover_on


def whom_to_call(open_ones: Iterable[AlertStory], *, at: datetime) -> tuple[tuple[str, str], ...]:
    """Each service with an alert that nobody has taken, and its deputy; else whoever is named.

    `open_ones` are the alerts open for someone, oldest first; so are the services.
    """
    untaken = [story for story in open_ones if story.taken is None]
    services = {story.alert.service_id: story.alert.service for story in untaken}
    found = []
    for service in services.values():
        cover = cover_on(service, local(at).date())
        staff = [held.staff for held in (cover.deputy, *cover.all) if held.staff]
        found.append((str(service), staff[0].name if staff else ""))
    return tuple(found)
