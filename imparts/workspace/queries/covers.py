"""Services whose cover someone may see or arrange, and why a service is not covered today."""

from datetime import date

from django.http import Http404

from imparts.access.models import Staff
from imparts.access.queries import Asking, services_of
from imparts.access.roles import May
from imparts.organisations.models import Service
from imparts.pathways.models import Duty
from imparts.pathways.queries import Cover, cover_on, who_could_hold, why_not_covered


def services_with_cover(asking: Asking) -> list[Service]:
    """Services whose cover someone may see."""
    allowed = asking.services_where(May.SEE_COVER)
    return [each for each in services_of(asking) if each.pk in allowed]


def service_for(asking: Asking, service_id: int, *, may: May) -> Service:
    """One service at which someone may do it; 404 otherwise."""
    if service_id not in asking.services_where(may):
        raise Http404
    return next(each for each in services_of(asking) if each.pk == service_id)


def covers_today(asking: Asking, *, on: date) -> list[tuple[Cover, str]]:
    """Who holds each duty today, with why that is not enough, or nothing."""
    return [
        (cover_on(service, on), why_not_covered(service, on, True) or "")
        for service in services_with_cover(asking)
    ]


def people_of(service: Service, *, on: date) -> list[tuple[int, str]]:
    """Staff who could hold any duty, those who act on alerts first."""
    found: dict[int, Staff] = {}
    for duty in (Duty.OWNER, Duty.MANAGER):
        for staff in who_could_hold(duty, service, on=on):
            found.setdefault(staff.pk, staff)
    return [(pk, f"{staff.name}, {staff}") for pk, staff in found.items()]


def staff_called(staff_id: int | str) -> Staff | None:
    """One member of staff, by id."""
    return Staff.objects.filter(pk=staff_id, is_active=True).first()
