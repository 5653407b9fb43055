"""Writing one resource: create, perhaps only if none exists, and update, only of what was read."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import connection

from imparts.gateway.fhir.patient import meta
from imparts.gateway.fhir.structure import faults_of
from imparts.gateway.fhir_server.calls import Answer, Call, version_headers, versions_in
from imparts.gateway.fhir_server.operations import method_refused
from imparts.gateway.fhir_server.problems import (
    Issue,
    Problem,
    bad_request,
    not_found,
    outcome,
    problem,
    unprocessable,
)
from imparts.gateway.fhir_server.reading import current, require, require_type
from imparts.gateway.fhir_server.registry import Json, Kind, Reader, rows_for
from imparts.gateway.fhir_server.search.bundle import carried_out


def create(call: Call) -> Answer:
    """POST Type, with If-None-Exist: 201, or 200 with what exists already."""
    type_name = call.path[0]
    creates = next((each.create for each in require_type(type_name) if each.create), None)
    if creates is None:
        raise method_refused(
            "GET", f"{type_name} is not created here. GET metadata lists what may be written."
        )
    require(call.reader, type_name, "c")
    resource = checked(call.body, type_name)
    if condition := call.header("if-none-exist") or _in_address(call):
        existing = the_one(type_name, condition, call)
        if existing is not None:
            return _answer(call, existing["id"], type_name, status=200)
    made = creates(resource, call.reader)
    if made.is_first and call.prefers() == "minimal":
        first = {"meta": meta("1", call.reader.at)}
        return Answer(201, None, _headers(call, type_name, made.id, first))
    return _answer(call, made.id, type_name, status=201 if made.is_new else 200)


def update(call: Call) -> Answer:
    """PUT Type/id with If-Match: the version that was read has to be the one that stands."""
    type_name, logical_id = call.path
    kind = next((each for each in require_type(type_name) if each.update), None)
    if kind is None or kind.update is None:
        raise method_refused(
            "GET", f"{type_name} is not changed here. GET metadata lists what may be written."
        )
    require(call.reader, type_name, "u")
    resource = checked(call.body, type_name)
    if resource.get("id") != logical_id:
        raise bad_request("The resource's id is not that of the address.", f"{type_name}.id")
    _hold(kind, logical_id, call.reader)
    found = current(type_name, logical_id, call.reader)
    if found is None:
        raise not_found()
    _match(call, found[0])
    updates = kind.update
    updates(logical_id, resource, call.reader)
    return _answer(call, logical_id, type_name, status=200)


def checked(body: Any, type_name: str) -> Json:
    """A resource of this type whose shape is right; every fault is named with its place."""
    if not isinstance(body, dict):
        raise bad_request("Send one resource as a JSON object.")
    if body.get("resourceType") != type_name:
        raise bad_request(
            f"resourceType has to be {type_name} at this address.", "Resource.resourceType"
        )
    faults = faults_of(body)
    if faults:
        raise unprocessable(*(Issue(each.code, each.says, each.where) for each in faults))
    return body


def the_one(type_name: str, condition: str, call: Call) -> Json | None:
    """What exists already by a condition; 412 when several do. One such question at a time."""
    require(call.reader, type_name, "s")
    query = query_of(condition)
    if not query:
        raise bad_request("If-None-Exist is written like identifier=system|value.")
    with connection.cursor() as cursor:
        # Two clients that ask at once would otherwise both find nothing and both create.
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [condition])
    found = carried_out(
        type_name, [*query, ("_count", "2")], call.reader, call.base, is_strict=True
    )
    entries = found.bundle().get("entry", [])
    if len(entries) > 1:
        raise problem(412, "multiple-matches", "More than one resource fits this condition.")
    resource: Json | None = entries[0]["resource"] if entries else None
    return resource


def _in_address(call: Call) -> str:
    """Some clients put the condition into the address; left out, they would create a second one."""
    return urlencode([pair for pair in call.query if pair[0] not in ("_format", "_pretty")])


def query_of(written: str) -> list[tuple[str, str]]:
    """The parameters of a condition, with or without a question mark in front."""
    return parse_qsl(written.rpartition("?")[2], keep_blank_values=True, max_num_fields=40)


def _hold(kind: Kind, logical_id: str, reader: Reader) -> None:
    """Nobody else changes the row until this is done."""
    condition = kind.ids(logical_id)
    if condition is None:
        raise not_found()
    list(rows_for(kind, reader).filter(condition).select_for_update(of=("self",)).values("pk"))


def _match(call: Call, resource: Json) -> None:
    asked = call.header("if-match")
    if not asked:
        raise Problem(
            428,
            Issue(
                "conflict",
                "Say which version you read: If-Match with the ETag. Otherwise what somebody else "
                "wrote meanwhile would be lost.",
            ),
        )
    named = versions_in(asked)
    if "*" not in named and resource["meta"]["versionId"] not in named:
        raise problem(
            412, "conflict", "It was changed meanwhile. Read it again and change what stands there."
        )


def _answer(call: Call, logical_id: str, type_name: str, *, status: int) -> Answer:
    found = current(type_name, logical_id, call.reader)
    resource: Json = found[0] if found else {}
    headers = _headers(call, type_name, logical_id, resource)
    way = call.prefers()
    if way == "OperationOutcome":
        said = Issue("informational", "It is stored.", severity="information")
        return Answer(status, outcome([said]), headers)
    return Answer(status, resource if way == "representation" and found else None, headers)


def _headers(call: Call, type_name: str, logical_id: str, resource: Json) -> dict[str, str]:
    """Where it stands, and which version it is."""
    version = resource.get("meta", {}).get("versionId", "1")
    place = f"{call.base}/{type_name}/{logical_id}/_history/{version}"
    return version_headers(resource) | {"Location": place}
