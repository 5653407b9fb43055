"""Patient/$everything: all that this reader may see of one person, through the door of each kind.

Pages go on after the last row of the page before, kind by kind, so that what is added meanwhile
moves nothing. The audit is left out unless `_type` asks for it.
"""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from imparts.gateway.fhir.patient import instant
from imparts.gateway.fhir_server.asking.sent import parameters_of
from imparts.gateway.fhir_server.calls import Answer, Call
from imparts.gateway.fhir_server.parameters import Date, number_key, uuid_key
from imparts.gateway.fhir_server.problems import bad_request, not_found
from imparts.gateway.fhir_server.queries.named import records_of
from imparts.gateway.fhir_server.reading import find, note_seen
from imparts.gateway.fhir_server.registry import Json, Kind, kinds_of, rows_for, types

MOST, USUAL = 1000, 200
NOT_UNASKED = ("AuditEvent",)


def everything(call: Call) -> Answer:
    """A Bundle of type searchset."""
    found = find("Patient", call.path[1], call.reader)
    if found is None:
        raise not_found()
    records = records_of([found[1].pk])
    held = parameters_of(call)
    kinds = _kinds(call, held)
    count = _count(held)
    place, after = _after(held)
    entries: list[Json] = []
    for number, kind in enumerate(kinds):
        if number < place:
            continue
        rows = _rows(kind, call, records, held, after if number == place else "", count)
        room = count - len(entries)
        entries += [_entry(call, one) for one in kind.render(rows[:room], call.reader)]
        if len(rows) > room:
            last = str(rows[room - 1].pk) if room else (after if number == place else "")
            return _answer(call, found[1].pk, entries, held, f"{number}.{last}")
    return _answer(call, found[1].pk, entries, held, "")


def _rows(
    kind: Kind, call: Call, records: list[UUID], held: Json, after: str, count: int
) -> list[Any]:
    rows = rows_for(kind, call.reader).filter(_person__in=records)
    if since := held.get("_since"):
        if not kind.stored:
            return []
        rows = rows.filter(Date(path=kind.stored).condition(f"ge{since}", "", call.reader))
    if after:
        rows = rows.filter(pk__gt=after)
    return list(rows.order_by("pk")[: count + 1])


def _kinds(call: Call, held: Json) -> list[Kind]:
    """The kinds about people of every type that was asked for and that the token lets be read."""
    wanted = [one for one in str(held.get("_type", "")).split(",") if one]
    unknown = [one for one in wanted if one not in types()]
    if unknown:
        raise bad_request("A type in _type is not served here.", "_type")
    names = wanted or [one for one in types() if one not in NOT_UNASKED]
    may = [one for one in names if call.reader.principal.scopes.allows(one, "r")]
    return [kind for one in sorted(may) for kind in kinds_of(one) if kind.person]


def _count(held: Json) -> int:
    written = str(held.get("_count", USUAL))
    if not (written.isascii() and written.isdigit()) or not 0 < int(written[:9]) <= MOST:
        raise bad_request(f"_count is a number from 1 to {MOST}.", "_count")
    return int(written)


def _after(held: Json) -> tuple[int, str]:
    written = str(held.get("_after", ""))
    place, _, pk = written.partition(".")
    if not written:
        return 0, ""
    number = number_key(place)
    is_key = not pk or number_key(pk) is not None or uuid_key(pk) is not None
    if number is None or number > 999 or not is_key:
        raise bad_request("Follow the link to the next page as it stands.", "_after")
    return number, pk


def _entry(call: Call, resource: Json) -> Json:
    name = f"{resource['resourceType']}/{resource['id']}"
    return {
        "fullUrl": f"{call.base}/{name}",
        "resource": resource,
        "search": {"mode": "match"},
    }


def _answer(call: Call, person: UUID, entries: list[Json], held: Json, after: str) -> Answer:
    note_seen(call.reader, "read everything", [person], f"{len(entries)} shown")
    own = f"{call.base}/Patient/{call.path[1]}/$everything"
    kept = {name: part for name, part in held.items() if name in ("_type", "_since", "_count")}
    links = [{"relation": "self", "url": _url(own, kept)}]
    if after:
        links.append({"relation": "next", "url": _url(own, kept | {"_after": after})})
    bundle: Json = {
        "resourceType": "Bundle",
        "type": "searchset",
        "meta": {"lastUpdated": instant(call.reader.at)},
        "link": links,
    }
    return Answer(200, bundle | ({"entry": entries} if entries else {}))


def _url(own: str, query: Json) -> str:
    return f"{own}?{urlencode(query)}" if query else own
