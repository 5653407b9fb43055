"""History: what a resource was before, and what changed of a type, newest first.

Versions come from the append-only stories that are kept anyway. A kind whose rows never change has
one version. A version is shown to whoever may see the resource now.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from imparts.gateway.fhir.patient import instant
from imparts.gateway.fhir_server import moments
from imparts.gateway.fhir_server.calls import Answer, Call, etag_of, version_headers
from imparts.gateway.fhir_server.problems import Problem, bad_request, not_found, problem
from imparts.gateway.fhir_server.reading import find, note_seen, require, require_type
from imparts.gateway.fhir_server.registry import (
    Json,
    Kind,
    Reader,
    Version,
    person_of,
    rows_for,
    story_rows_for,
)
from imparts.gateway.fhir_server.search.asked import read_search
from imparts.gateway.fhir_server.search.cursors import opened, sealed
from imparts.gateway.fhir_server.search.paging import Hit, after_of, of_hit, page

Parts = Sequence[tuple[Kind, QuerySet[Any]]]
_SORT = (("_lastUpdated", True),)
_GONE = "This version's content is not kept."


def vread(call: Call) -> Answer:
    """GET Type/id/_history/n."""
    type_name, logical_id, _, number = call.path
    kind, row = _subject(call, type_name, logical_id)
    for version in _versions_of(kind, row, call.reader):
        if version.number == number:
            if version.resource is None:
                raise problem(410, "deleted", _GONE)
            note_seen(
                call.reader, f"read version of {type_name}", [person_of(row)],
                f"{type_name} {logical_id}",
            )  # fmt: skip
            return Answer(200, version.resource, version_headers(version.resource))
    raise not_found()


def of_instance(call: Call) -> Answer:
    """GET Type/id/_history."""
    type_name, logical_id, _ = call.path
    kind, row = _subject(call, type_name, logical_id)
    told = _of_row(kind, row, call.reader)
    answer = _answer(call, [told], f"{type_name}/{logical_id}/_history")
    note_seen(
        call.reader, f"read history of {type_name}", [person_of(row)], f"{type_name} {logical_id}"
    )
    return answer


def of_type(call: Call) -> Answer:
    """GET Type/_history: of everything of a type that the reader may see."""
    type_name = call.path[0]
    kinds = [kind for kind in require_type(type_name) if kind.has_versions]
    require(call.reader, type_name, "s")
    if not kinds:
        raise _no_history(type_name)
    parts = [_all_of(kind, call.reader) for kind in kinds]
    answer = _answer(call, parts, f"{type_name}/_history")
    note_seen(call.reader, f"read history of {type_name}", [], f"{type_name} history")
    return answer


def _subject(call: Call, type_name: str, logical_id: str) -> tuple[Kind, Any]:
    kinds = require_type(type_name)
    require(call.reader, type_name, "r")
    if not any(kind.has_versions for kind in kinds):
        raise _no_history(type_name)
    found = find(type_name, logical_id, call.reader)
    if found is None or not found[0].has_versions:
        raise not_found()
    return found


def _no_history(type_name: str) -> Problem:
    return problem(404, "not-supported", f"Of {type_name} no earlier versions are kept.")


def _of_row(kind: Kind, row: Any, reader: Reader) -> tuple[Kind, QuerySet[Any]]:
    if kind.story is None:
        return kind, rows_for(kind, reader).filter(pk=row.pk)
    told, rows = _all_of(kind, reader)
    return told, rows.filter(**{kind.story.subject: row.pk})


def _all_of(kind: Kind, reader: Reader) -> tuple[Kind, QuerySet[Any]]:
    """A kind's versions as if they were rows of a kind of their own, to be paged like a search."""
    if kind.story is None:
        return kind, rows_for(kind, reader)
    return replace(kind, stored=kind.story.at, made=kind.story.at), story_rows_for(kind, reader)


def _versions_of(kind: Kind, row: Any, reader: Reader) -> list[Version]:
    told, rows = _of_row(kind, row, reader)
    return _rendered(told, list(rows), reader)


def _rendered(kind: Kind, rows: Sequence[Any], reader: Reader) -> list[Version]:
    if kind.story is not None:
        return kind.story.render(rows, reader)
    made = []
    for resource in kind.render(rows, reader):
        meta = resource["meta"]
        at = moments.of(meta["lastUpdated"]) if "lastUpdated" in meta else reader.at
        made.append(Version(meta["versionId"], at, "POST", resource))
    return made


def _answer(call: Call, parts: Parts, path: str) -> Answer:
    """A page of a history, with the link to the next."""
    query = dict(call.query)
    unknown = set(query) - {"_count", "_since", "_page", "_format", "_pretty"}
    if unknown and call.is_strict:
        raise bad_request("A history is asked with _count and _since.")
    said = opened(query["_page"], call.reader) if "_page" in query else None
    asked = said["q"] if said else {name: query.get(name, "") for name in ("_count", "_since")}
    count = read_search(call.path[0], [("_count", asked["_count"])], is_strict=True).count or 1
    after = after_of(said) if said else None
    as_of = after.as_of if after else call.reader.at
    since = [(kind, _since(kind, rows, asked["_since"])) for kind, rows in parts]
    hits = page(since, _SORT, count=count, after=after, as_of=as_of)
    links = [{"relation": "self", "url": f"{call.base}/{path}"}]
    if len(hits) > count:
        token = sealed({"q": asked, **of_hit(hits[count - 1], as_of)}, call.reader)
        links.append({"relation": "next", "url": f"{call.base}/{path}?_page={token}"})
    entries = _entries(call, [kind for kind, _ in parts], hits[:count])
    bundle: Json = {"resourceType": "Bundle", "type": "history", "link": links}
    if not links[1:] and said is None:
        bundle["total"] = len(entries)
    return Answer(200, bundle | ({"entry": entries} if entries else {}))


def _since(kind: Kind, rows: QuerySet[Any], written: str) -> QuerySet[Any]:
    if not written:
        return rows
    return rows.filter(**{f"{kind.stored}__gte": moments.asked(written).low})


def _entries(call: Call, kinds: Sequence[Kind], hits: Sequence[Hit]) -> list[Json]:
    made: dict[int, Version] = {}
    for place, kind in enumerate(kinds):
        numbers = [number for number, hit in enumerate(hits) if hit.kind == place]
        versions = _rendered(kind, [hits[number].row for number in numbers], call.reader)
        made |= dict(zip(numbers, versions, strict=True))
    return [_entry(call, made[number]) for number in range(len(hits))]


def _entry(call: Call, version: Version) -> Json:
    resource = version.resource or {}
    name = f"{resource.get('resourceType')}/{resource.get('id')}"
    url = name if version.method == "PUT" else name.partition("/")[0]
    return {
        "fullUrl": f"{call.base}/{name}",
        "resource": resource,
        "request": {"method": version.method, "url": url},
        "response": {
            "status": "201 Created" if version.method == "POST" else "200 OK",
            "etag": etag_of(version.number),
            "lastModified": instant(version.at),
        },
    }
