"""The tablets of the services that someone sets up, or may turn a device into."""

from django.db.models import QuerySet
from django.http import Http404

from imparts.access.models import Tablet
from imparts.access.queries import Asking
from imparts.access.roles import May


def tablets_where(asking: Asking, *, may: May) -> QuerySet[Tablet]:
    """Tablets in use at the services where someone's role allows `may`, by service and name."""
    return (
        Tablet.objects.filter(service_id__in=asking.services_where(may), withdrawn_at__isnull=True)
        .select_related("service__organisation")
        .order_by("service__name", "service_id", "name")
    )


def tablet_for(asking: Asking, tablet_id: int, *, may: May) -> Tablet:
    """One of them; 404 otherwise."""
    found = tablets_where(asking, may=may).filter(pk=tablet_id).first()
    if found is None:
        raise Http404
    return found
