"""Reading: one resource by its id, as it is now or as it was, and who has seen it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from imparts.audit import actions as audit
from imparts.gateway.fhir_server.calls import (
    Answer,
    Call,
    moment_in,
    version_headers,
    versions_in,
)
from imparts.gateway.fhir_server.problems import not_found, problem
from imparts.gateway.fhir_server.registry import (
    Json,
    Kind,
    Reader,
    kinds_of,
    person_of,
    rows_for,
)


def require(reader: Reader, type_name: str, letter: str) -> None:
    """Refuse what no scope allows, before anything is looked for."""
    if not reader.principal.scopes.allows(type_name, letter):
        words = {"c": "create", "r": "read", "u": "update", "d": "delete", "s": "search"}[letter]
        raise problem(
            403, "forbidden",
            f"The access token allows no {words} of {type_name}. Ask for a scope such as "
            f"system/{type_name}.{letter}.",
        )  # fmt: skip


def require_type(type_name: str) -> tuple[Kind, ...]:
    """The kinds of a type; 404 in words for one that is not served."""
    kinds = kinds_of(type_name)
    if not kinds:
        raise problem(
            404, "not-supported",
            "This server has no resources of that type. GET metadata lists those that it has.",
        )  # fmt: skip
    return kinds


def find(type_name: str, logical_id: str, reader: Reader) -> tuple[Kind, Any] | None:
    """The row that an id names, when this reader may see it."""
    for kind in kinds_of(type_name):
        condition = kind.ids(logical_id)
        if condition is not None:
            row = rows_for(kind, reader).filter(condition).first()
            if row is not None:
                return kind, row
    return None


def current(type_name: str, logical_id: str, reader: Reader) -> tuple[Json, UUID | None] | None:
    """A resource as it is now, and whose it is; None where this reader may see none."""
    found = find(type_name, logical_id, reader)
    if found is None:
        return None
    kind, row = found
    return kind.render([row], reader)[0], person_of(row)


def read(call: Call) -> Answer:
    """GET Type/id, with If-None-Match and If-Modified-Since."""
    type_name, logical_id = call.path
    require_type(type_name)
    require(call.reader, type_name, "r")
    found = current(type_name, logical_id, call.reader)
    if found is None:
        raise not_found()
    resource, person = found
    note_seen(call.reader, f"read {type_name}", [person], f"{type_name} {logical_id}")
    headers = version_headers(resource)
    if is_unchanged(call, resource):
        return Answer(304, None, headers)
    return Answer(200, resource, headers)


def is_unchanged(call: Call, resource: Json) -> bool:
    """Whether the caller has this version already."""
    meta = resource.get("meta", {})
    if asked := call.header("if-none-match"):
        named = versions_in(asked)
        return "*" in named or meta.get("versionId") in named
    since = moment_in(call.header("if-modified-since"))
    modified = moment_in(version_headers(resource).get("Last-Modified", ""))
    return since is not None and modified is not None and modified <= since


def note_seen(
    reader: Reader, did: str, people: Iterable[UUID | None], about: str, *, why: str = ""
) -> None:
    """One line in the audit for each person whose data is shown, or one for nobody's."""
    seen: Sequence[UUID | None] = sorted({each for each in people if each is not None}) or [None]
    audit.record_each(
        who=reader.asking.username, did=did[:80], patients=seen, about=about,
        why=why or f"client {reader.principal.client_id}", at=reader.at,
    )  # fmt: skip
