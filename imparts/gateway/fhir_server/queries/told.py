"""What patients were told on a page after an answer about harm, as Communications."""

from collections.abc import Sequence

from django.db.models import QuerySet

from imparts.gateway.fhir.communication import CommunicationFacts, communication_of
from imparts.gateway.fhir_server.queries.seen import patient, results, stamped
from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.pathways.models import AlertEvent


def rows(reader: Reader) -> QuerySet[AlertEvent]:
    """What was told, at the services whose results the reader may see."""
    return AlertEvent.objects.filter(
        results(reader, "alert__patient_id", "alert__service_id"), name=AlertEvent.Name.TOLD
    ).select_related("alert")


def render(found: Sequence[AlertEvent], reader: Reader) -> list[Json]:
    """The words that stood before the patient."""
    return [stamped(communication_of(_facts(row)), row.at) for row in found]


def _facts(row: AlertEvent) -> CommunicationFacts:
    return CommunicationFacts(
        id=f"told-{row.pk}",
        patient=patient(row.alert.patient_id),
        sent_at=row.at,
        kind="told",
        kind_words="Shown to the patient after an answer",
        words=row.what,
        about=(f"Flag/{row.alert_id}",),
    )
