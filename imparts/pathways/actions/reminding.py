"""Reminding: whoever holds cover today and has not said yes is asked once, when the day opens.

Standing cover holds day after day, but yesterday's yes does not count today: nobody would be asked
anything until both have accepted, and nobody would be told of it.
"""

from datetime import datetime

from django.utils import timezone

from imparts.organisations.models import Service
from imparts.organisations.queries import services
from imparts.outbox import actions as outbox
from imparts.pathways.actions.turns import give_each_its_turn
from imparts.pathways.queries.clocks import clocks_of
from imparts.pathways.queries.cover import cover_on
from imparts.rules.alerting.hours import is_watched


def ask_for_cover(*, at: datetime) -> int:
    """Owe a notice to each owner and deputy of today who has not accepted; gives how many.

    Once a day and person at a service, from the moment at which alerts are watched. One service
    that fails keeps no other from its turn.
    """

    def look(service: Service) -> int:
        return _ask(service, at=at) if is_watched(at, clocks_of(service, at=at)) else 0

    failed = "cover of service %s could not be asked for"
    return give_each_its_turn(services(), look, named="services", failed=failed)


def _ask(service: Service, *, at: datetime) -> int:
    today = timezone.localdate(at)
    cover, asked = cover_on(service, today), 0
    for held in (cover.owner, cover.deputy):
        if held.staff is None or held.is_accepted:
            continue
        notice = outbox.new_notice(
            kind="cover_asked", staff=held.staff.pk, service=service.pk, at=at
        )
        name = f"cover_asked {service.pk} {today} {held.staff.pk}"
        asked += outbox.post_once(notice, name=name)
    return asked
