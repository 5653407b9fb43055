"""Searching: GET Type?..., POST Type/_search, and who was shown."""

from imparts.gateway.fhir_server.calls import Answer, Call
from imparts.gateway.fhir_server.reading import note_seen, require, require_type
from imparts.gateway.fhir_server.search.bundle import carried_out


def search(call: Call) -> Answer:
    """A search of one type, or a further page of one."""
    type_name = call.path[0]
    require_type(type_name)
    require(call.reader, type_name, "s")
    found = carried_out(
        type_name, list(call.query), call.reader, call.base, is_strict=call.is_strict
    )
    bundle = found.bundle()
    shown = len(bundle.get("entry", ()))
    note_seen(call.reader, f"searched {type_name}", found.people, f"{shown} shown")
    return Answer(200, bundle)
