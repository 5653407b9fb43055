"""Server: one FHIR request, answered. What came is written into the ledger, whatever was said."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from imparts.gateway.pretend_record.fhir import bundles, moods
from imparts.gateway.pretend_record.fhir.asked import (
    KIND,
    body_of,
    gist_of,
    path_of,
    scopes_needed,
    title_of,
)
from imparts.gateway.pretend_record.fhir.moods import FhirMood
from imparts.gateway.pretend_record.fhir.outcomes import Json, Refused, outcome
from imparts.gateway.pretend_record.fhir.searching import found
from imparts.gateway.pretend_record.fhir.statement import statement
from imparts.gateway.pretend_record.fhir.store import Key, Store
from imparts.gateway.pretend_record.fhir.writing import (
    TYPES,
    Planned,
    plan_create,
    plan_update,
    plan_update_where,
    refuse_strangers,
    with_references,
)
from imparts.gateway.pretend_record.http import Request, Response
from imparts.gateway.pretend_record.ledger import Ledger
from imparts.gateway.pretend_record.moods import Pauses, Temper

_PAGE = 50


@dataclass(frozen=True, slots=True)
class _Said:
    """What is answered: a status, a resource, further headers."""

    status: int
    resource: Json
    headers: tuple[tuple[str, str], ...] = ()


class FhirServer:
    """The record's resources at /fhir."""

    def __init__(
        self,
        store: Store,
        ledger: Ledger,
        *,
        allows: Callable[[str, str, str], bool],
        now: Callable[[], datetime],
        pauses: Pauses,
    ) -> None:
        self.store = store
        self.temper: Temper[FhirMood] = Temper(FhirMood.NORMAL, FhirMood.NORMAL)
        self._ledger = ledger
        self._allows = allows  # (token, type, c r u or s): may whoever has it do that?
        self._now = now
        self._pauses = pauses

    async def answer(self, request: Request, base: str) -> Response:
        """Answer in the mood of the moment."""
        mood = self.temper.for_next_message()
        if mood is FhirMood.SLOW:
            await asyncio.sleep(self._pauses.slow)
        said, kept = self._said(request, base, mood)
        self._write_down(request, base, said, mood, kept)
        if mood is FhirMood.LATE:
            await asyncio.sleep(self._pauses.late)
        return _worded(said, mood)

    def _said(self, request: Request, base: str, mood: FhirMood) -> tuple[_Said, bool]:
        """The answer, and whether anything was stored."""
        if mood in moods.INSTEAD:
            status, headers, told = moods.INSTEAD[mood]
            return _Said(status, told, headers), False
        if mood in moods.STORES_NOTHING:
            return _Said(502, outcome("exception", "No answer.")), False
        try:
            self._check_token(request, base, is_needed=mood is FhirMood.CLOSED_DOOR)
            said = self._done(request, base)
        except RecursionError:
            return _Said(400, outcome("too-long", "The resource is nested too deeply.")), False
        except Refused as wrong:
            headers = (("WWW-Authenticate", "Bearer"),) if wrong.status == 401 else ()
            return _Said(wrong.status, wrong.outcome, headers), False
        return said, request.method in ("POST", "PUT") and said.status < 300

    def _check_token(self, request: Request, base: str, *, is_needed: bool) -> None:
        """Without a token everyone may, unless the mood wants one; a wrong one is never let in."""
        given = request.headers.get("authorization", "")
        kind = path_of(request).partition("/")[0]
        if kind == "metadata" or not (given or is_needed):
            return
        scheme, _, token = given.partition(" ")
        if scheme.lower() != "bearer" or not self._allows(token, "", ""):
            raise Refused(
                401, "login", "A token of this record is needed, and none that counts came."
            )
        for each, may in scopes_needed(request, kind):
            if not self._allows(token, each, may):
                raise Refused(403, "forbidden", f"The token's scopes do not allow {each}.{may}.")

    def _done(self, request: Request, base: str) -> _Said:
        parts = [part for part in path_of(request).split("/") if part]
        if request.method in ("POST", "PUT"):
            return self._written(request, parts)
        if request.method not in ("GET", "HEAD"):
            raise Refused(405, "not-supported", f"{request.method} is not known here.")
        if parts == ["metadata"]:
            return _Said(200, statement(base, at=self._now().isoformat()))
        return self._read(request, parts, base)

    def _read(self, request: Request, parts: list[str], base: str) -> _Said:
        if not parts or parts[0] not in TYPES:
            raise Refused(404, "not-found", "This record has nothing at that address.")
        if len(parts) == 1:
            return _Said(200, self._searched(parts[0], request, base))
        key = Key(parts[0], parts[1])
        if len(parts) == 4 and parts[2] == "_history":
            resource = self.store.version(key, parts[3])
        else:
            resource = self.store.read(key) if len(parts) == 2 else None
        if resource is None:
            raise Refused(404, "not-found", f"{key} is not here.")
        return _Said(200, resource, _validators(resource))

    def _searched(self, kind: str, request: Request, base: str) -> Json:
        matches = found(self.store, kind, request.asked)
        asked = dict(request.asked)
        count, offset = _number(asked, "_count", _PAGE), _number(asked, "_offset", 0)
        links = [{"relation": "self", "url": f"{base}/{kind}?{request.target.partition('?')[2]}"}]
        if offset + count < len(matches):
            rest = "&".join(f"{n}={v}" for n, v in request.asked if n != "_offset")
            joined = "&".join(filter(None, [rest, f"_offset={offset + count}"]))
            links.append({"relation": "next", "url": f"{base}/{kind}?{joined}"})
        entries = [
            {"fullUrl": f"{base}/{Key.of(one)}", "resource": one, "search": {"mode": "match"}}
            for one in matches[offset : offset + count]
        ]
        answer: Json = {"resourceType": "Bundle", "type": "searchset", "total": len(matches)}
        return {**answer, "link": links} | ({"entry": entries} if entries else {})

    def _written(self, request: Request, parts: list[str]) -> _Said:
        body, at = body_of(request), self._now().isoformat()
        if not parts:
            return _Said(200, self._bundle(body, at))
        if len(parts) == 2 and parts[1] == "_search" and request.method == "POST":
            raise Refused(405, "not-supported", "Search by GET here.")
        condition = request.headers.get("if-none-exist", "")
        if request.method == "PUT":
            condition = request.target.partition("?")[2]
        return self._one(
            request.method, parts, body, condition, request.headers.get("if-match", "")
        )

    def _one(
        self, method: str, parts: list[str], body: Json, condition: str, match: str = ""
    ) -> _Said:
        """One create or update by itself."""
        if method == "POST" and len(parts) == 1:
            plan = plan_create(self.store, parts[0], body, condition=condition)
        elif method == "PUT" and len(parts) == 1 and condition:
            plan = plan_update_where(self.store, parts[0], body, condition=condition)
        elif method == "PUT" and len(parts) == 2:
            plan = plan_update(self.store, Key(*parts), body, match=match)
        else:
            raise Refused(405, "not-supported", "That cannot be written at that address.")
        return self._stored(plan)

    def _stored(self, plan: Planned) -> _Said:
        if plan.resource is not None:
            whole = with_references(plan.resource, {}, self.store, where="")
            refuse_strangers(whole, self.store, frozenset(), where="")
            self.store.write([whole], at=self._now().isoformat())
        resource = self.store.read(plan.key) or {}
        version = resource["meta"]["versionId"]
        location = (("Location", f"{plan.key}/_history/{version}"),)
        return _Said(plan.status, resource, (*location, *_validators(resource)))

    def _bundle(self, body: Json, at: str) -> Json:
        if body.get("resourceType") != "Bundle" or body.get("type") not in ("transaction", "batch"):
            raise Refused(400, "structure", "A Bundle of type transaction or batch belongs here.")
        if body["type"] == "transaction":
            return bundles.transaction(self.store, body, at=at)
        return bundles.batch(body, self._alone)

    def _alone(self, method: str, url: str, resource: Json, condition: str) -> Json:
        """One entry of a batch."""
        if method == "GET":
            said = self._read(
                Request("GET", f"/fhir/{url}", {}), url.partition("?")[0].split("/"), ""
            )
            return {"resource": said.resource, "response": {"status": str(said.status)}}
        said = self._one(method, url.split("/"), resource, condition)
        return {
            "response": {"status": str(said.status), "location": dict(said.headers)["Location"]}
        }

    def _write_down(
        self, request: Request, base: str, said: _Said, mood: FhirMood, kept: bool
    ) -> None:
        self._ledger.add_request(
            at=self._now().isoformat(),
            title=title_of(request),
            about=_named(said.resource, self.store),
            text=request.body.decode("utf-8", errors="replace"),
            said="" if mood in (FhirMood.HANGS_UP, FhirMood.SILENT) else str(said.status),
            mood=mood.value,
            keeps=kept,
            answer=gist_of(request, said.resource),
        )


def _named(resource: Json, store: Store) -> str:
    """Whom an answer is about: the patient of the first resource in it that names one."""
    entries = resource.get("entry") or [{"resource": resource}]
    for entry in entries:
        place = entry.get("response", {}).get("location", "")
        held = store.read(Key(*place.split("/")[:2])) if place else entry.get("resource")
        if not held:
            continue
        patient = held if held.get("resourceType") == "Patient" else _patient_of(held, store)
        if patient is not None:
            return _called(patient.get("name"))
    return ""


def _called(names: object) -> str:
    """The first name, as a list of patients shows it; "" when it has another shape."""
    first = names[0] if isinstance(names, list) and names else None
    given = first.get("given") if isinstance(first, dict) else None
    if not isinstance(first, dict) or not isinstance(given, list):
        return ""
    return f"{str(first.get('family', '')).upper()}, {' '.join(map(str, given))}"


def _patient_of(resource: Json, store: Store) -> Json | None:
    reference = (resource.get("subject") or {}).get("reference", "")
    kind, _, named = reference.partition("/")
    return store.read(Key(kind, named)) if kind == "Patient" else None


def _number(asked: dict[str, str], name: str, otherwise: int) -> int:
    written = asked.get(name, str(otherwise))
    if not written.isdecimal() or len(written) > 6:
        raise Refused(400, "value", f"{name} is not a number.")
    return int(written)


def _validators(resource: Json) -> tuple[tuple[str, str], ...]:
    return (("ETag", f'W/"{resource["meta"]["versionId"]}"'),)


def _worded(said: _Said, mood: FhirMood) -> Response:
    if mood is FhirMood.PROXY:
        return Response(502, moods.PROXY_PAGE)
    told = moods.EMPTY_BUNDLE if mood is FhirMood.WRONG_LOCATION else said.resource
    text = "no JSON <" if mood is FhirMood.GARBAGE else json.dumps(told, ensure_ascii=False)
    answer = Response(said.status, text, KIND, said.headers)
    return replace(
        answer,
        is_cut_short=mood is FhirMood.CUT_SHORT,
        is_unsent=mood in (FhirMood.HANGS_UP, FhirMood.SILENT),
    )
