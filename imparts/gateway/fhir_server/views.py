"""The one view of the FHIR server: an HTTP request to a call, and its answer to a response.

The caller is known by a bearer token and by nothing else: no session and no cookie counts, which is
why, here alone, no CSRF token is asked for. JSON only. Nothing is kept by caches on the way.
"""

import json
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from imparts.design.version import VERSION
from imparts.gateway.fhir_server.calls import Answer, Call, refusal, refused
from imparts.gateway.fhir_server.capability import capability_statement
from imparts.gateway.fhir_server.operations import method_refused
from imparts.gateway.fhir_server.problems import Issue, Problem, bad_request, problem
from imparts.gateway.fhir_server.registry import Reader
from imparts.gateway.fhir_server.routing import answer
from imparts.gateway.smart.bases import fhir_base
from imparts.gateway.smart.principal import NotLetIn, principal_of

FHIR_JSON = "application/fhir+json"
MOST_BYTES = 5_000_000
_TAKEN = ("application/fhir+json", "application/json", "text/json", "application/json+fhir")
_FORMATS = ("json", *_TAKEN)
_FORM = "application/x-www-form-urlencoded"


@csrf_exempt
def metadata(request: HttpRequest) -> HttpResponse:
    """What this server answers; anybody may know that."""
    try:
        if request.method not in ("GET", "HEAD"):
            raise method_refused("GET")
        check_wanted(request)
        statement = capability_statement(
            base=fhir_base(request), at=timezone.now(), version=VERSION
        )
        made = Answer(200, statement)
    except Problem as wrong:
        made = refusal(wrong)
    return response_of(made, is_head=request.method == "HEAD")


@csrf_exempt
def fhir(request: HttpRequest, asked: str) -> HttpResponse:
    """Everything else under /fhir/."""
    try:
        check_wanted(request)
        made = answer(call_of(request, asked), is_alone=True)
    except NotLetIn as words:
        made = refused(401, [Issue("login", str(words))], **words.headers)
    except Problem as wrong:
        made = refusal(wrong)
    return response_of(made, is_head=request.method == "HEAD")


fhir.needs_token = True  # the house tests look for it


def check_wanted(request: HttpRequest) -> None:
    """Whether JSON is wanted: XML is not written here, and says so."""
    wanted = request.GET.get("_format", "").split(";")[0].strip().replace(" ", "+")
    if wanted and wanted not in _FORMATS:
        raise problem(406, "not-supported", "This server writes JSON only: _format=json.")
    accepted = request.headers.get("Accept", "")
    if not wanted and accepted and not _takes_json(accepted):
        raise problem(
            406, "not-supported", "This server writes JSON only: Accept: application/fhir+json."
        )


def _takes_json(accepted: str) -> bool:
    kinds = [part.split(";")[0].strip().lower() for part in accepted.split(",")]
    return any(
        kind in ("*/*", "application/*", "application/fhir+ndjson", *_TAKEN) for kind in kinds
    )


def call_of(request: HttpRequest, asked: str) -> Call:
    """The request as a call."""
    reader = Reader(principal_of(request), timezone.now())
    query = [(name, value) for name, values in request.GET.lists() for value in values]
    body: Any = None
    raw = _raw(request)
    if raw:
        kind = request.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if kind == _FORM and asked.rstrip("/").endswith("_search"):
            query += form_of(raw)
        else:
            body = json_of(raw, kind)
    return Call(
        verb="GET" if request.method == "HEAD" else request.method or "GET",
        path=tuple(part for part in asked.split("/") if part),
        reader=reader,
        base=fhir_base(request),
        query=tuple(query),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
    )


def _raw(request: HttpRequest) -> bytes:
    """The body, as far as we take one; Django's own, smaller limit is for pages."""
    too_much = problem(
        413, "too-long", f"At most {MOST_BYTES:,} bytes are taken at once. Send it in parts."
    )
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise too_much
    raw = request.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise too_much
    return raw


def form_of(raw: bytes) -> list[tuple[str, str]]:
    """The parameters of POST _search."""
    try:
        return parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=200)
    except ValueError:
        raise bad_request("The parameters of this search cannot be read.") from None


def json_of(raw: bytes, kind: str) -> Any:
    """A resource; JSON and nothing else."""
    if kind not in _TAKEN:
        raise problem(
            415, "not-supported",
            "This server reads JSON only: Content-Type: application/fhir+json.",
        )  # fmt: skip
    try:
        text = raw.decode()
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_such_number)
        json.dumps(found, ensure_ascii=False).encode()  # half a character cannot be stored
    except RecursionError:
        raise bad_request("This JSON is nested too deeply.") from None
    except ValueError:
        raise bad_request(
            "This is not JSON that can be read: UTF-8, each name once in an object."
        ) from None
    if "\\u0000" in text.lower() and "\x00" in json.dumps(found, ensure_ascii=False):
        raise bad_request("A text holds a character that no text has.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError
    return made


def _no_such_number(_: str) -> Any:
    raise ValueError


def response_of(made: Answer, *, is_head: bool) -> HttpResponse:
    """The answer as a response."""
    content = made.content
    if content is None:
        content = b"" if made.body is None else json.dumps(made.body, ensure_ascii=False).encode()
    response = HttpResponse(b"" if is_head else content, status=made.status)
    response["Content-Type"] = f"{FHIR_JSON}; charset=utf-8"
    if made.body is None and made.content is None:
        del response["Content-Type"]
    for name, value in made.headers.items():
        response[name] = value
    response["Cache-Control"] = "no-store"
    if is_head:
        response["Content-Length"] = str(len(content))
    return response
