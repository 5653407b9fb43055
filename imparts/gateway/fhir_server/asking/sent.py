"""What came with an operation: a resource by itself, or the parameters around it."""

from typing import Any

from imparts.gateway.fhir_server.calls import Call
from imparts.gateway.fhir_server.problems import bad_request
from imparts.gateway.fhir_server.registry import Json


def parameters_of(call: Call) -> dict[str, Any]:
    """Every parameter by name, from a Parameters resource or from the address."""
    found: dict[str, Any] = dict(call.query)
    body = call.body
    if isinstance(body, dict) and body.get("resourceType") == "Parameters":
        parts = body.get("parameter", [])
        if not isinstance(parts, list) or not all(isinstance(one, dict) for one in parts):
            raise bad_request("Parameters hold a list of parameters.", "Parameters.parameter")
        for one in parts:
            found[str(one.get("name", ""))] = _value(one)
    return found


def resource_of(call: Call, *names: str) -> Json | None:
    """The resource that was sent: by itself, or under one of these names."""
    body = call.body
    if not isinstance(body, dict):
        return None
    if body.get("resourceType") != "Parameters":
        return body
    held = parameters_of(call)
    for name in names:
        if isinstance(held.get(name), dict):
            found: Json = held[name]
            return found
    return None


def reference_in(value: Any) -> str:
    """A reference that came as one, or as a text."""
    if isinstance(value, dict):
        return str(value.get("reference", ""))
    return str(value or "")


def _value(parameter: Json) -> Any:
    if "resource" in parameter:
        return parameter["resource"]
    return next((part for name, part in parameter.items() if name.startswith("value")), None)
