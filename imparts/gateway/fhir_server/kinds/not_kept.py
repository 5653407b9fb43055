"""Consent and Goal: nothing of the kind is kept yet, so a search finds nothing, honestly.

A server that did not know the types would answer that it does not; one that knows them and holds
none says so by an empty Bundle, which clients can ask for already.
"""

from collections.abc import Sequence

from django.db.models import QuerySet

from imparts.gateway.fhir_server.parameters import PatientReference
from imparts.gateway.fhir_server.queries.nothing import nothing
from imparts.gateway.fhir_server.registry import Json, Kind, Reader, register


def _rows(reader: Reader) -> QuerySet:  # type: ignore[type-arg] # of nothing
    return nothing()


def _render(found: Sequence[object], reader: Reader) -> list[Json]:
    return []


for _type, _element in (("Consent", "patient"), ("Goal", "subject")):
    register(
        Kind(
            type=_type,
            rows=_rows,
            render=_render,
            person="pk",
            search={"patient": PatientReference(path="pk", element=_element)},
            documentation="Nothing of the kind is kept here yet: every search finds nothing.",
        )
    )
