"""Whom staff call themselves while no background program is there to call anybody."""

from datetime import datetime

from imparts.access.queries import Asking
from imparts.design.dates import local
from imparts.pathways.queries import cover_on, open_alerts_for


def whom_to_call(asking: Asking, *, at: datetime) -> tuple[tuple[str, str], ...]:
    """Each service with an alert that nobody has taken, and its deputy; else whoever is named.

    Of the services where someone may act on alerts, in the order of their oldest alert.
    """
    untaken = [story for story in open_alerts_for(asking) if story.taken is None]
    services = {story.alert.service_id: story.alert.service for story in untaken}
    found = []
    for service in services.values():
        cover = cover_on(service, local(at).date())
        staff = [held.staff for held in (cover.deputy, *cover.all) if held.staff]
        found.append((str(service), staff[0].name if staff else ""))
    return tuple(found)
