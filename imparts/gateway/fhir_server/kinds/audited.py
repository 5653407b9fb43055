"""AuditEvent: who looked at and changed what, for whoever may see that."""

from imparts.gateway.fhir_server.finders import holds
from imparts.gateway.fhir_server.parameters import Date, PatientReference, Token
from imparts.gateway.fhir_server.queries import audited
from imparts.gateway.fhir_server.registry import Kind, number_or_nothing, register

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
                finds=holds("who"), documentation="The user name, exactly.", example="nurse.rheum"
            ),
        },
        documentation="Every look at and change to a person's record. A scope has to name "
        "AuditEvent: one for every type is not enough.",
    )
)
