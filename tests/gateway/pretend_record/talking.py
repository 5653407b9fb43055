"""Talking to the pretend record over its sockets, as programs that are not ours would."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

Json = dict[str, Any]
FHIR_JSON = "application/fhir+json"


class _Stays(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = build_opener(_Stays)


@dataclass(frozen=True)
class Answered:
    """An answer, whatever its status."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Json:
        read: Json = json.loads(self.text)
        return read

    @property
    def words(self) -> str:
        """Of an OperationOutcome."""
        return " ".join(issue["diagnostics"] for issue in self.json["issue"])


def asked(url: str, *, method: str = "GET", data: bytes | None = None, **headers: str) -> Answered:
    """Ask without following redirects."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = Request(url, data, named, method=method)
    try:
        with _OPENER.open(request, timeout=10) as answer:
            return Answered(answer.status, dict(answer.headers), answer.read().decode())
    except HTTPError as refused:
        with refused:
            return Answered(refused.code, dict(refused.headers), refused.read().decode())


def posted(url: str, resource: object, *, method: str = "POST", **headers: str) -> Answered:
    """Send a resource."""
    told = {"Content_Type": FHIR_JSON, **headers}
    return asked(url, method=method, data=json.dumps(resource).encode(), **told)


def sent_form(url: str, form: dict[str, str], **headers: str) -> Answered:
    """Send a form."""
    return asked(url, method="POST", data=urlencode(form).encode(), **headers)
