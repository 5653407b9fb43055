"""What a reader may see of results: of people who may be seen, from services that may be seen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from imparts.access.roles import May
from imparts.gateway.fhir.patient import meta
from imparts.gateway.fhir_server.queries.named import about_visible
from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.informatics.questionnaires.models import Invitation


def results(reader: Reader, person: str = "patient_id", service: str = "service_id") -> Q:
    """For rows of other tables: results of visible people, from services whose results count.

    A row may have been written for a record that was merged since.
    """
    services = reader.asking.services_where(May.SEE_RESULTS)
    return Q(**{f"{service}__in": list(services)}) & about(reader, person)


def about(reader: Reader, person: str = "patient_id", may: May = May.SEE_RESULTS) -> Q:
    """Rows about people whom this reader may see, or about records merged into theirs."""
    return about_visible(reader, person, may)


def last(rows: QuerySet[Any], path: str) -> Subquery:
    """A value of the last of some rows that were added one after the other."""
    return Subquery(rows.order_by("-id").values(path)[:1])


def many(rows: QuerySet[Any], of: str) -> Subquery:
    """How many rows of the same `of` there are; none is null."""
    counted = rows.order_by().values(of).annotate(_many=Count("pk"))
    return Subquery(counted.values("_many")[:1])


def withdrawn(sitting: str) -> Exists:
    """Whether a row's sitting was withdrawn: the answers were another person's."""
    return Exists(Invitation.objects.filter(pk=OuterRef(sitting), withdrawn_at__isnull=False))


def stamped(resource: Json, at: datetime, version: int = 1) -> Json:
    """A resource with its version, and when we stored that."""
    kind, own = resource["resourceType"], resource["id"]
    return {"resourceType": kind, "id": own, "meta": meta(str(version), at)} | resource


def patient(pk: UUID) -> str:
    """A reference to a person."""
    return f"Patient/{pk}"
