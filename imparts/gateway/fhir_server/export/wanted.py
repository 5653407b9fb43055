"""What an export is asked for: which types, since when. What is not understood is refused."""

from dataclasses import dataclass
from datetime import datetime

from imparts.gateway.fhir_server.calls import Call
from imparts.gateway.fhir_server.problems import bad_request, problem
from imparts.gateway.fhir_server.registry import Kind, kinds_of, types

_FORMATS = ("application/fhir+ndjson", "application/ndjson", "ndjson")
_UNDERSTOOD = frozenset({"_type", "_since", "_outputFormat"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One export, as it was asked for."""

    types: tuple[str, ...]
    since: datetime | None


def wanted(call: Call, *, about_people: bool) -> Wanted:
    """Read the parameters; `about_people` leaves out what is about nobody."""
    said = _parameters(call)
    if said.get("_outputFormat", "ndjson") not in _FORMATS:
        raise bad_request("_outputFormat: files are written as application/fhir+ndjson only.")
    return Wanted(_types(said.get("_type", ""), call, about_people), _since(said.get("_since", "")))


def _parameters(call: Call) -> dict[str, str]:
    given = [*call.query, *_of_body(call.body)]
    unknown = sorted({name for name, _ in given} - _UNDERSTOOD)
    if unknown and "handling=lenient" not in call.header("prefer").replace(" ", ""):
        raise bad_request(
            f"{', '.join(unknown)[:100]}: not understood here. Leave it out, or send Prefer: "
            "handling=lenient to have it passed over."
        )
    found: dict[str, str] = {}
    for name, value in given:
        joined = f"{found[name]},{value}" if name == "_type" and name in found else value
        found[name] = joined
    return found


def _of_body(body: object) -> list[tuple[str, str]]:
    """The parameters of a POST: a Parameters resource."""
    if body is None:
        return []
    is_parameters = isinstance(body, dict) and body.get("resourceType") == "Parameters"
    listed = body.get("parameter") if is_parameters else None
    if not isinstance(listed, list):
        raise bad_request("Send a Parameters resource, or the parameters in the address.")
    return [
        (str(one.get("name", "")), str(value))
        for one in listed if isinstance(one, dict)
        for name, value in one.items() if name.startswith("value")
    ]  # fmt: skip


def _types(written: str, call: Call, about_people: bool) -> tuple[str, ...]:
    served = [name for name in types() if not about_people or _is_about_people(name)]
    scopes = call.reader.principal.scopes
    allowed = [name for name in served if scopes.allows(name, "r")]
    if not written:
        if not allowed:
            raise problem(403, "forbidden", "The access token allows no read of any type.")
        return tuple(allowed)
    asked = list(dict.fromkeys(name.strip() for name in written.split(",") if name.strip()))
    if unknown := [name for name in asked if name not in served]:
        raise bad_request(f"_type: {unknown[0][:40]} is not exported here.")
    if refused := [name for name in asked if name not in allowed]:
        raise problem(403, "forbidden", f"The access token allows no read of {refused[0]}.")
    return tuple(asked)


def _is_about_people(type_name: str) -> bool:
    return any(is_about_people(kind) for kind in kinds_of(type_name))


def is_about_people(kind: Kind) -> bool:
    """Whether resources of a kind are about a patient."""
    return kind.type == "Patient" or bool(kind.person)


def _since(written: str) -> datetime | None:
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written.replace("Z", "+00:00").replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise bad_request("_since is a moment with its zone, such as 2026-11-17T09:00:00Z.")
    return found
