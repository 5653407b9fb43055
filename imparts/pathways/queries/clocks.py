"""Clocks of services: the row that counts, or the defaults where a site has confirmed none."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime

from imparts.organisations.models import Service
from imparts.pathways.models import AlertClocks
from imparts.rules.alerting.clocks import DEFAULT_CLOCKS, Clocks, ClocksRefused

_log = logging.getLogger("imparts.alerts")


def clocks_of(service: Service, *, at: datetime | None = None) -> Clocks:
    """A service's clocks: those of now, or those in force at a moment."""
    if at is not None:
        return clocks_by_service({service.pk})(service.pk, at)
    row = AlertClocks.objects.filter(service=service).order_by("-id").first()
    return _as_clocks(row) if row else DEFAULT_CLOCKS


def are_clocks_confirmed(service: Service) -> bool:
    """Whether the site has said by which clocks it works; otherwise the defaults are a proposal.

    Clocks that cannot be read count as not confirmed: the defaults hold until somebody mends them.
    """
    row = AlertClocks.objects.filter(service=service).order_by("-id").first()
    return row is not None and _read(row) is not None


def clocks_by_service(service_ids: Collection[int]) -> Callable[[int, datetime], Clocks]:
    """What gives a service's clocks at a moment, for several services, from one question."""
    rows: dict[int, list[AlertClocks]] = {}
    for row in AlertClocks.objects.filter(service_id__in=service_ids).order_by("-id"):
        rows.setdefault(row.service_id, []).append(row)

    def at_moment(service_id: int, at: datetime) -> Clocks:
        row = next((each for each in rows.get(service_id, ()) if each.at <= at), None)
        return _as_clocks(row) if row else DEFAULT_CLOCKS

    return at_moment


def _as_clocks(row: AlertClocks) -> Clocks:
    """A row that cannot be read stops no call: the defaults hold, and the log says so."""
    clocks = _read(row)
    if clocks is None:
        words = "the alert clocks of service %s cannot be read; the defaults are used"
        _log.error(words, row.service_id)
        return DEFAULT_CLOCKS
    return clocks


def _read(row: AlertClocks) -> Clocks | None:
    try:
        return Clocks(
            deputy_after=row.deputy_after, liaison_after=row.liaison_after, opens_at=row.opens_at,
            closes_at=row.closes_at, weekdays=row.weekdays, unread_by=row.unread_by,
            out_of_hours=row.out_of_hours, act_within=row.act_within,
        )  # fmt: skip
    except ClocksRefused:
        return None
