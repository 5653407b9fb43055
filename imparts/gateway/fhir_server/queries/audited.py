"""The audit as AuditEvents, for whoever may see who looked at patients' records.

A token that allows everything is not enough: AuditEvent has to be named in its scopes, because a
list of who looked at whom is about staff too.
"""

from collections.abc import Sequence

from django.db.models import QuerySet

from imparts.access.roles import May
from imparts.audit.models import AuditEntry
from imparts.gateway.fhir.audit_event import AuditFacts, audit_event_of
from imparts.gateway.fhir_server.queries.seen import about, patient, stamped
from imparts.gateway.fhir_server.registry import Json, Reader


def rows(reader: Reader) -> QuerySet[AuditEntry]:
    """What was done with people at the services whose audit the reader may see."""
    named = any(one.type == "AuditEvent" for one in reader.principal.scopes.resources)
    if not named or not reader.asking.services_where(May.SEE_AUDIT):
        return AuditEntry.objects.none()
    return AuditEntry.objects.filter(about(reader, "patient", May.SEE_AUDIT))


def render(found: Sequence[AuditEntry], reader: Reader) -> list[Json]:
    """Each row of the audit."""
    return [
        stamped(
            audit_event_of(
                AuditFacts(
                    id=str(row.pk),
                    at=row.at,
                    who=row.who,
                    did=row.did,
                    patient=patient(row.patient) if row.patient else "",
                    about=row.about,
                    why=row.why,
                )
            ),
            row.at,
        )
        for row in found
    ]
