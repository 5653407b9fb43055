"""Asked: what one request asks for: its place, its body, the scopes it needs, its gist in words."""

import json
from collections import Counter
from typing import Any

from imparts.gateway.pretend_record.fhir.outcomes import Json, Refused
from imparts.gateway.pretend_record.http import Request

KIND = "application/fhir+json"
_MAY: dict[str, str] = {"GET": "r", "POST": "c", "PUT": "u"}


def path_of(request: Request) -> str:
    """The address below /fhir."""
    return request.path.removeprefix("/fhir").strip("/")


def body_of(request: Request) -> Json:
    """The resource that was sent."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in (KIND, "application/json"):
        raise Refused(415, "not-supported", f"Send {KIND}.")
    try:
        read: Any = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Refused(400, "structure", "The body is not JSON.") from None
    if not isinstance(read, dict):
        raise Refused(400, "structure", "The body is not a resource.")
    return read


def title_of(request: Request) -> str:
    """What was asked, as a heading."""
    path = path_of(request)
    if request.method == "POST" and not path:
        return "transaction"
    return f"{request.method} {path}{'?...' if request.asked else ''}"


def gist_of(request: Request, resource: Json) -> str:
    """What came or was answered, in a few words; what is wrong, whole."""
    if resource.get("resourceType") == "OperationOutcome":
        return "; ".join(issue.get("diagnostics", "") for issue in resource["issue"])
    bundle = resource
    if request.method == "POST" and not path_of(request):
        bundle = json.loads(request.body)
    if bundle.get("resourceType") != "Bundle":
        return str(resource.get("resourceType", ""))
    kinds = Counter(
        entry["resource"]["resourceType"]
        for entry in bundle.get("entry", [])
        if "resource" in entry
    )
    told = [kind if count == 1 else f"{count} {kind}" for kind, count in kinds.items()]
    return ", ".join(told) or "nothing found"


def scopes_needed(request: Request, kind: str) -> list[tuple[str, str]]:
    """Which scopes a request needs: type, and c, r, u or s."""
    if kind:
        is_search = request.method == "GET" and "/" not in path_of(request)
        return [(kind, "s" if is_search else _MAY.get(request.method, "r"))]
    entries = body_of(request).get("entry", [])
    entries = entries if isinstance(entries, list) else []
    found = [entry.get("request") for entry in entries if isinstance(entry, dict)]
    asked = [one for one in found if isinstance(one, dict)]
    return [
        (
            str(one.get("url", "")).partition("/")[0].partition("?")[0],
            _MAY.get(str(one.get("method")), "r"),
        )
        for one in asked
    ]
