"""No rows at all, for types of which nothing is kept yet."""

from django.db.models import QuerySet

from imparts.people.models import Patient


def nothing() -> QuerySet[Patient]:
    """A query that finds nobody."""
    return Patient.objects.none()
