"""Consent and Goal: nothing of the kind is kept yet, so a search finds nothing, honestly.

A server that did not know the types would answer that it does not; one that knows them and holds
none says so by an empty Bundle, which clients can ask for already.
"""

from imparts.gateway.fhir_server.parameters import PatientReference
from imparts.gateway.fhir_server.queries import nothing
from imparts.gateway.fhir_server.registry import Kind, register

for _type, _element in (("Consent", "patient"), ("Goal", "subject")):
    register(
        Kind(
            type=_type,
            rows=nothing.rows,
            render=nothing.render,
            person="pk",
            search={"patient": PatientReference(path="pk", element=_element)},
            documentation="Nothing of the kind is kept here yet: every search finds nothing.",
        )
    )
