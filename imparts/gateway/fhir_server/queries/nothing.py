"""No rows at all, for types of which nothing is kept yet."""

from collections.abc import Sequence

from django.db.models import QuerySet

from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.people.models import Patient


def rows(reader: Reader) -> QuerySet[Patient]:
    """Nobody."""
    return Patient.objects.none()


def render(found: Sequence[Patient], reader: Reader) -> list[Json]:
    """Nothing."""
    return []
