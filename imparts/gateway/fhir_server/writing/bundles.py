"""Transaction and batch: many calls in one Bundle, all or nothing, or each by itself.

A transaction is carried out in the order of the standard: DELETE, POST, PUT, GET; among the POSTs
each comes after those to which it refers. Answers stand in the order of the entries.
"""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.db import transaction

from imparts.gateway.fhir_server.calls import Answer, Call
from imparts.gateway.fhir_server.problems import Issue, Problem, bad_request, problem
from imparts.gateway.fhir_server.registry import Json
from imparts.gateway.fhir_server.writing.references import in_order, resolved
from imparts.gateway.fhir_server.writing.single import the_one

MOST_ENTRIES = 500  # what is surely carried out within the time that a request has
_VERBS = ("DELETE", "POST", "PUT", "PATCH", "GET", "HEAD")
_CONDITIONS = {
    "ifNoneExist": "if-none-exist",
    "ifMatch": "if-match",
    "ifNoneMatch": "if-none-match",
    "ifModifiedSince": "if-modified-since",
}


def bundle(call: Call) -> Answer:
    """POST at the base."""
    entries = _entries(call.body)
    if call.body["type"] == "batch":
        made = [_alone(_call_of(call, entry, place)) for place, entry in enumerate(entries)]
    else:
        made = _together(call, entries)
    said: Json = {"resourceType": "Bundle", "type": f"{call.body['type']}-response"}
    if made:
        said["entry"] = [_entry(call, each) for each in made]
    return Answer(200, said)


def _entries(body: Any) -> list[Json]:
    if not isinstance(body, dict) or body.get("resourceType") != "Bundle":
        raise bad_request("Send a Bundle here, of type transaction or batch.")
    if body.get("type") not in ("transaction", "batch"):
        raise bad_request("A Bundle sent here is a transaction or a batch.", "Bundle.type")
    entries = body.get("entry", [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise bad_request("The entries of a Bundle are a list of objects.", "Bundle.entry")
    if len(entries) > MOST_ENTRIES:
        raise problem(
            413, "too-long", f"At most {MOST_ENTRIES} entries are taken at once.", "Bundle.entry"
        )
    return entries


def _call_of(call: Call, entry: Json, place: int) -> Call:
    """One entry as a call of its own."""
    asked = entry.get("request")
    where = f"Bundle.entry[{place}].request"
    if not isinstance(asked, dict):
        raise bad_request("This entry has no request.", where)
    verb, url = asked.get("method"), asked.get("url")
    if verb not in _VERBS or not isinstance(url, str) or not url:
        raise bad_request(
            "A request has a method, such as POST, and a url, such as Patient.", where
        )
    parts = urlsplit(url.removeprefix(call.base).lstrip("/"))
    if parts.scheme or parts.netloc or not parts.path:
        raise bad_request("The url is relative to this server, and not its base.", f"{where}.url")
    # As the standard says, a Bundle's answer holds what was stored only for those who prefer it.
    headers = {"prefer": call.header("prefer") or "return=minimal"}
    for name, header in _CONDITIONS.items():
        if isinstance(asked.get(name), str):
            headers[header] = asked[name]
    return replace(
        call, verb="GET" if verb == "HEAD" else verb, headers=headers,
        path=tuple(each for each in parts.path.split("/") if each),
        query=tuple(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)),
        body=entry.get("resource"),
    )  # fmt: skip


def _alone(call: Call) -> Answer:
    from imparts.gateway.fhir_server.routing import answer

    return answer(call)


def _together(call: Call, entries: list[Json]) -> list[Answer]:
    """Every entry, or none: the first that is refused takes back what was stored before it."""
    calls = [_call_of(call, entry, place) for place, entry in enumerate(entries)]
    urls = [entry.get("fullUrl") if isinstance(entry.get("fullUrl"), str) else ""
            for entry in entries]  # fmt: skip
    _each_once(calls, urls)
    made: dict[int, Answer] = {}
    names = {
        url: "/".join(each.path)
        for each, url in zip(calls, urls, strict=True)
        if url and each.verb == "PUT"
    }
    with transaction.atomic():
        for place in _order(calls, urls):
            try:
                made[place] = _one(calls[place], names)
            except Problem as wrong:
                raise _at(wrong, place) from None
            if urls[place] and made[place].location:
                names[urls[place]] = _name_in(made[place].location, call.base)
    return [made[place] for place in range(len(calls))]


def _order(calls: list[Call], urls: list[str]) -> list[int]:
    places = range(len(calls))
    posts = [(place, urls[place], calls[place].body) for place in places
             if calls[place].verb == "POST"]  # fmt: skip
    first = [place for place in places if calls[place].verb == "DELETE"]
    last = [
        place for verb in ("PUT", "PATCH", "GET") for place in places if calls[place].verb == verb
    ]
    return [*first, *in_order(posts), *last]


def _one(call: Call, names: Mapping[str, str]) -> Answer:
    """One entry of a transaction; what it refers to is called by its name by now."""
    from imparts.gateway.fhir_server.routing import dispatch

    def asks(written: str) -> str:
        type_name, _, condition = written.partition("?")
        found = the_one(type_name, condition, call)
        if found is None:
            raise problem(412, "not-found", "Nothing fits the condition of this reference.")
        return f"{type_name}/{found['id']}"

    return dispatch(replace(call, body=resolved(call.body, names, asks)))


def _each_once(calls: list[Call], urls: list[str]) -> None:
    seen: set[object] = set()
    for place, (each, url) in enumerate(zip(calls, urls, strict=True)):
        same: list[object] = [url] if url and each.verb == "POST" else []
        if each.verb in ("PUT", "DELETE"):
            same.append(each.path)
        for one in same:
            if one in seen:
                raise bad_request("Another entry stands for the same.", f"Bundle.entry[{place}]")
            seen.add(one)


def _at(wrong: Problem, place: int) -> Problem:
    """What was wrong, with the entry in which it was."""
    where = f"Bundle.entry[{place}]"
    issues = [
        Issue(
            each.code, each.says, f"{where}.resource.{each.expression.partition('.')[2]}"
            if "." in each.expression and not each.expression.startswith("Bundle")
            else each.expression or where, each.severity,
        )
        for each in wrong.issues
    ]  # fmt: skip
    return Problem(wrong.status, *issues)


def _name_in(location: str, base: str) -> str:
    return location.removeprefix(f"{base}/").partition("/_history")[0]


def _entry(call: Call, made: Answer) -> Json:
    """One answer as an entry."""
    response: Json = {"status": f"{made.status} {HTTPStatus(made.status).phrase}"}
    if made.location:
        response["location"] = made.location
    if "ETag" in made.headers:
        response["etag"] = made.headers["ETag"]
    if made.body is not None and made.body.get("resourceType") == "OperationOutcome":
        return {"response": response | {"outcome": made.body}}
    if made.body is None:
        return {"response": response}
    if "meta" in made.body and "lastUpdated" in made.body["meta"]:
        response["lastModified"] = made.body["meta"]["lastUpdated"]
    entry: Json = {"resource": made.body, "response": response}
    if made.body.get("id"):
        entry = {"fullUrl": f"{call.base}/{made.body['resourceType']}/{made.body['id']}"} | entry
    return entry
