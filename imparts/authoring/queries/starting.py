"""Starting: where a version is used, what was used before it, and where it may be started."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.library.models import ContentVersion, InForce
from imparts.organisations.models import Service


def services_to_start_at(asking: Asking, *, on: date) -> QuerySet[Service]:
    """The open services where someone may choose from which day something is used."""
    return open_services(on).filter(pk__in=asking.services_where(May.START_CONTENT))


def services_to_compose_for(asking: Asking, *, on: date) -> QuerySet[Service]:
    """The open services for which someone may compose packs."""
    return open_services(on).filter(pk__in=asking.services_where(May.COMPOSE))


def open_services(on: date) -> QuerySet[Service]:
    """Also a service that opens on a later day: its pack is made ready before."""
    is_open = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    return Service.objects.filter(is_open).select_related("organisation").order_by("name", "pk")


def rows_of(content_id: int) -> list[InForce]:
    """Every time that a version was put in force anywhere, newest first."""
    rows = InForce.objects.filter(content_id=content_id).select_related("service__organisation")
    return list(rows.order_by("-from_on", "-id"))


def history_of(service_id: int, kind: str) -> list[InForce]:
    """Everything of one kind that was ever put in force at a service, newest first."""
    rows = InForce.objects.filter(service_id=service_id, kind=kind).select_related("content")
    return list(rows.defer("content__body").order_by("-from_on", "-id"))


def service_with(service_id: int) -> Service:
    """One service; 404 when there is none."""
    found = Service.objects.filter(pk=service_id).select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def row_for(asking: Asking, row_id: int) -> InForce:
    """One row of a service where someone may start things; 404 otherwise."""
    row = (
        InForce.objects.filter(pk=row_id, service_id__in=asking.services_where(May.START_CONTENT))
        .select_related("service__organisation", "content")
        .first()
    )
    if row is None:
        raise Http404
    return row


def in_force_without(row: InForce) -> ContentVersion | None:
    """What would be in force on a row's day if it had never been added."""
    rows = InForce.objects.filter(
        service_id=row.service_id, kind=row.kind, from_on__lte=row.from_on
    ).exclude(pk=row.pk)
    if row.kind != ContentVersion.Kind.PACK:
        rows = rows.filter(content__key=row.content.key)
    before = rows.select_related("content").order_by("from_on", "id").last()
    return before.content if before else None


def counts_now(rows: list[InForce]) -> frozenset[int]:
    """Of one service's rows, newest first, those that are the last word for their day."""
    seen: set[tuple[str, date]] = set()
    found = set()
    for row in rows:
        key = "" if row.kind == ContentVersion.Kind.PACK else row.content.key
        if (key, row.from_on) not in seen:
            seen.add((key, row.from_on))
            found.add(row.pk)
    return frozenset(found)
