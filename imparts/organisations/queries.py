"""Reading organisations: who is open on a day, what became of one, whose services."""

from datetime import date

from django.db.models import Q, QuerySet

from imparts.organisations.models import Organisation, Service


def open_on(day: date) -> QuerySet[Organisation]:
    """Organisations that are open on a day."""
    return Organisation.objects.filter(opened_on__lte=day).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    )


def organisations_coded(code: str) -> list[Organisation]:
    """Every organisation with this code: one, unless two systems of codes use the same."""
    return list(Organisation.objects.filter(code=code).order_by("pk"))


def successor_of(organisation: Organisation, *, on: date) -> Organisation:
    """Follow mergers up to a day; an organisation that is still open is its own successor."""
    current, seen = organisation, {organisation.pk}
    while step := current.became.filter(on__lte=on).select_related("successor").first():
        if step.successor_id in seen:
            raise ValueError("These organisations name each other as successor; mend the dates.")
        current = step.successor
        seen.add(current.pk)
    return current


def services() -> QuerySet[Service]:
    """All services with their organisations."""
    return Service.objects.select_related("organisation").order_by("organisation__name", "name")
