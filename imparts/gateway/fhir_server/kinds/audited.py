"""AuditEvent: who looked at and changed what, for whoever may see that."""

from django.db.models import Q

from imparts.gateway.fhir_server.parameters import Code, Date, PatientReference, Token
from imparts.gateway.fhir_server.queries import audited
from imparts.gateway.fhir_server.registry import Kind, Reader, number_or_nothing, register


def _who(asked: Code, reader: Reader) -> Q:
    return Q(who=asked.code)


register(
    Kind(
        type="AuditEvent",
        rows=audited.rows,
        render=audited.render,
        person="patient",
        ids=number_or_nothing,
        stored="at",
        made="at",
        sort={"date": "at"},
        is_settled=True,
        search={
            "patient": PatientReference(path="patient", element="entity.what"),
            "date": Date(path="at", example="ge2026-11-01"),
            "agent-name": Token(
                finds=_who, documentation="The user name, exactly.", example="nurse.rheum"
            ),
        },
        documentation="Every look at and change to a person's record. A scope has to name "
        "AuditEvent: one for every type is not enough.",
    )
)
