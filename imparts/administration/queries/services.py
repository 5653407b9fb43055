"""The services that someone sets up, and what they were called before."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.audit.models import AuditEntry
from imparts.organisations.models import Service


def services_to_set_up(asking: Asking) -> QuerySet[Service]:
    """The services at which someone may set things up, closed ones too."""
    return (
        Service.objects.filter(pk__in=asking.services_where(May.SET_UP))
        .select_related("organisation")
        .order_by("name", "pk")
    )


def open_services(asking: Asking, *, on: date) -> list[Service]:
    """Those of them that are open on a day, or will be."""
    return list(services_to_set_up(asking).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on)))


def chosen_service(asking: Asking, wanted: str) -> int:
    """The service to which a page is narrowed; 0 is all of them, and 404 one of somebody else's."""
    if not wanted:
        return 0
    if wanted not in {str(pk) for pk in asking.services_where(May.SET_UP)}:
        raise Http404
    return int(wanted)


def service_to_set_up(asking: Asking, service_id: int) -> Service:
    """One of them; 404 otherwise."""
    found = services_to_set_up(asking).filter(pk=service_id).first()
    if found is None:
        raise Http404
    return found


def code_is_taken(service: Service, code: str) -> bool:
    """Whether the organisation of a service has another one of this code."""
    return Service.objects.filter(organisation_id=service.organisation_id, code=code).exists()


def former_names(service: Service) -> list[AuditEntry]:
    """Each time a service was renamed, newest first; `why` says what it was called."""
    return list(
        AuditEntry.objects.filter(about=f"service {service.pk}", did="renamed service").order_by(
            "-id"
        )
    )
