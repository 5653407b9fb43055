"""Bundles: a transaction is written whole or not at all; a batch is so many single requests."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from imparts.gateway.pretend_record.fhir.outcomes import Json, Refused
from imparts.gateway.pretend_record.fhir.store import Key, Store
from imparts.gateway.pretend_record.fhir.writing import (
    Planned,
    plan_create,
    plan_update,
    plan_update_where,
    refuse_strangers,
    with_references,
)

_WRITES = ("POST", "PUT")


@dataclass(frozen=True, slots=True)
class _Asked:
    """One entry."""

    where: str
    method: str
    url: str
    full_url: str
    resource: Json
    condition: str
    match: str


def transaction(store: Store, bundle: Json, *, at: str) -> Json:
    """Write every entry at once; the first that is wrong refuses all of them."""
    asked = [_asked(entry, place) for place, entry in enumerate(_entries(bundle))]
    plans = [_plan(store, each) for each in asked]
    _refuse_twice(plans, asked)
    known = {
        each.full_url: str(plan.key)
        for each, plan in zip(asked, plans, strict=True)
        if each.full_url
    }
    new = frozenset(plan.key for plan in plans if plan.resource is not None)
    ready = []
    for each, plan in zip(asked, plans, strict=True):
        if plan.resource is not None:
            whole = with_references(plan.resource, known, store, where=each.where)
            refuse_strangers(whole, store, new, where=f"{each.where}.resource")
            ready.append(whole)
    store.write(ready, at=at)
    return _answered("transaction-response", (_entry(store, plan) for plan in plans))


def batch(bundle: Json, alone: Callable[[str, str, Json, str], Json]) -> Json:
    """Each entry by itself; `alone` answers one with its response entry."""
    entries = []
    for place, entry in enumerate(_entries(bundle)):
        try:
            one = _asked(entry, place)
            entries.append(alone(one.method, one.url, one.resource, one.condition))
        except Refused as wrong:
            entries.append({"response": {"status": str(wrong.status), "outcome": wrong.outcome}})
    return _answered("batch-response", entries)


def _entries(bundle: Json) -> list[Any]:
    entries = bundle.get("entry", [])
    if not isinstance(entries, list):
        raise Refused(400, "structure", "The entries are no list.", where="Bundle.entry")
    return entries


def _asked(entry: Any, place: int) -> _Asked:
    where = f"Bundle.entry[{place}]"
    request = entry.get("request") if isinstance(entry, dict) else None
    told = request if isinstance(request, dict) else {}
    names = ("method", "url", "ifNoneExist", "ifMatch")
    if not told.get("method") or not told.get("url"):
        raise Refused(400, "required", "The entry says no method or url.", where=f"{where}.request")
    if not all(isinstance(told.get(name, ""), str) for name in names):
        raise Refused(400, "structure", "A text is no text.", where=f"{where}.request")
    resource, full_url = entry.get("resource", {}), entry.get("fullUrl", "")
    if not isinstance(resource, dict) or not isinstance(full_url, str):
        raise Refused(400, "structure", "The entry holds no resource.", where=where)
    method, url, condition, match = (told.get(name, "") for name in names)
    return _Asked(where, method, url, full_url, resource, condition, match)


def _plan(store: Store, each: _Asked) -> Planned:
    if each.method not in _WRITES:
        words = f"This record's transactions take POST and PUT, not {each.method}."
        raise Refused(400, "not-supported", words, where=f"{each.where}.request.method")
    where = f"{each.where}.resource"
    kind, _, name = each.url.partition("/")
    if each.method == "POST" and not name:
        return plan_create(store, kind, each.resource, condition=each.condition, where=where)
    if each.method == "PUT" and "?" in each.url:
        kind, _, condition = each.url.partition("?")
        return plan_update_where(store, kind, each.resource, condition=condition, where=where)
    if each.method == "PUT" and name:
        key = Key(kind, name)
        return plan_update(store, key, each.resource, match=each.match, where=where)
    words = f"{each.method} {each.url} is not known here."
    raise Refused(400, "not-supported", words, where=f"{each.where}.request.url")


def _refuse_twice(plans: list[Planned], asked: list[_Asked]) -> None:
    """Two entries may not write the same resource: which of them came last would be chance."""
    written: set[Key] = set()
    for plan, each in zip(plans, asked, strict=True):
        if plan.resource is not None and plan.key in written:
            raise Refused(400, "invalid", f"{plan.key} is written twice.", where=each.where)
        written.add(plan.key)


def _entry(store: Store, plan: Planned) -> Json:
    resource = store.read(plan.key) or {}
    meta = resource.get("meta", {})
    words = "201 Created" if plan.status == 201 else "200 OK"
    location = f"{plan.key}/_history/{meta.get('versionId', '1')}"
    return {
        "response": {
            "status": words,
            "location": location,
            "etag": f'W/"{meta.get("versionId", "1")}"',
            "lastModified": meta.get("lastUpdated", ""),
        }
    }


def _answered(kind: str, entries: Iterable[Json]) -> Json:
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries)}
