"""The client of a FHIR server: one transaction at a time, and what became of it.

Nothing of what is sent or answered is logged or put into an exception: a server may quote a name
in its reasons. Its words go to the page of what is owed and nowhere else. Redirects are not
followed, for they could lead anywhere; an answer that is too long or drips is not waited for.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from imparts.gateway.outcomes import Outcome, Told

Json = dict[str, Any]

FHIR_JSON = "application/fhir+json"
ANSWER_LIMIT = 4_000_000
LONGEST_WORDS = 250
_NOT_THIS_TIME = frozenset({408, 409, 423, 425, 429})
# The server takes nothing from us, or is not a FHIR server at all: whatever waits, waits on.
_SHUT = frozenset({401, 403})
_NOT_A_SERVER = frozenset({301, 302, 303, 307, 308, 404, 405, 415})
_EARLY = 30.0  # a token is asked for again this many seconds before it ends


@dataclass(frozen=True, slots=True)
class Credentials:
    """Client credentials of OAuth 2: where a token is asked for, and as whom."""

    token_url: str
    client_id: str
    secret: str = field(repr=False)
    scope: str = "system/*.cruds"


class _Unanswered(Exception):
    """Why there is no answer that counts; its text is fit to be shown and logged."""


class FhirClient:
    """One way to one FHIR server. Not to be used by two threads at once."""

    def __init__(
        self,
        base: str,
        *,
        credentials: Credentials | None = None,
        token: str = "",
        seconds_to_connect: float = 5.0,
        seconds_to_answer: float = 15.0,
        seconds_in_all: float = 40.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not base.startswith(("https://", "http://")):
            raise ValueError("The address of a FHIR server begins with https:// (or http://).")
        self._base = base.rstrip("/")
        self._credentials = credentials
        self._timeouts = (seconds_to_connect, seconds_to_answer)
        self._in_all, self._until = seconds_in_all, 0.0
        self._clock = clock
        self._session = _new_session()
        self._token, self._token_until = "", 0.0
        self._given = token  # of a person who is signed in there, when we act for one

    def close(self) -> None:
        """Drop the connection; the next transaction opens a new one."""
        self._session.close()
        self._session = _new_session()

    def send(self, payload: bytes, *, control_id: str) -> Told:
        """Send one transaction and wait for what becomes of it, a new token included."""
        self._until = self._clock() + self._in_all
        try:
            status, body = self._posted(payload, control_id)
            if status == 401 and self._credentials is not None:
                self._token = ""  # ended before its time: asked for once more
                status, body = self._posted(payload, control_id)
        except _Unanswered as why:
            self.close()
            return Told(Outcome.NO_ANSWER, str(why))
        return _understood(status, body)

    def _posted(self, payload: bytes, control_id: str) -> tuple[int, bytes]:
        headers = {"Content-Type": FHIR_JSON, "Accept": FHIR_JSON, "X-Request-Id": control_id}
        if self._given:
            headers["Authorization"] = f"Bearer {self._given}"
        elif self._credentials is not None:
            headers["Authorization"] = f"Bearer {self._bearer(self._credentials)}"
        return self._asked(self._base, data=payload, headers=headers)

    def _bearer(self, credentials: Credentials) -> str:
        if self._token and self._clock() < self._token_until:
            return self._token
        status, body = self._asked(
            credentials.token_url,
            data={"grant_type": "client_credentials", "scope": credentials.scope},
            auth=(credentials.client_id, credentials.secret),
            headers={"Accept": "application/json"},
        )
        found = _json(body) or {}
        token, seconds = found.get("access_token"), found.get("expires_in", 60)
        if status != 200 or not isinstance(token, str) or not isinstance(seconds, int | float):
            raise _Unanswered(f"the record gives no token (answer {status})")
        self._token, self._token_until = token, self._clock() + max(0.0, seconds - _EARLY)
        return token

    def _asked(self, url: str, **given: Any) -> tuple[int, bytes]:
        left = self._until - self._clock()
        if left <= 0:
            raise _Unanswered("the record did not answer in time")
        until = self._clock() + min(left, sum(self._timeouts))
        to_connect, to_answer = (min(left, each) for each in self._timeouts)
        try:
            with self._session.post(
                url, timeout=(to_connect, to_answer), allow_redirects=False, stream=True, **given
            ) as answer:
                return answer.status_code, self._read(answer, until)
        except requests.exceptions.Timeout:
            raise _Unanswered("the record did not answer in time") from None
        except (requests.exceptions.RequestException, OSError) as wrong:
            # Its text can hold an address with a query, so only its kind is kept.
            kind = type(wrong).__name__
            raise _Unanswered(f"the record cannot be reached ({kind})") from None

    def _read(self, answer: requests.Response, until: float) -> bytes:
        body = b""
        for piece in answer.iter_content(65_536):
            body += piece
            if len(body) > ANSWER_LIMIT:
                raise _Unanswered("the answer is longer than an answer can be")
            if self._clock() > until:
                raise _Unanswered("the record did not answer in time")
        return body


def _new_session() -> requests.Session:
    made = requests.Session()
    made.trust_env = False  # no proxy and no password file of this machine
    return made


def _understood(status: int, body: bytes) -> Told:
    said = _json(body)
    if 200 <= status < 300:
        return _taken(said)
    words = f"{status}: {_words(said) or 'the record gave no reason'}"
    if status in _NOT_THIS_TIME or status >= 500:
        return Told(Outcome.NOT_THIS_TIME, words)
    if status in _SHUT or (status in _NOT_A_SERVER and not _is_outcome(said)):
        return Told(Outcome.NO_ANSWER, words)
    return Told(Outcome.REFUSED, words)


def _taken(said: Json | None) -> Told:
    """Only a transaction-response says that it was taken; one that a proxy made up does not."""
    if said is None or said.get("type") != "transaction-response":
        return Told(Outcome.NO_ANSWER, "the record answered, but not as a FHIR server does")
    entries = [one for one in said.get("entry", []) if isinstance(one, dict)]
    wrong = [one for one in entries if not _is_fine(one)]
    if wrong:
        return Told(Outcome.REFUSED, f"{len(wrong)} of {len(entries)} entries were not taken")
    return Told(Outcome.TAKEN)


def _is_fine(entry: Json) -> bool:
    response = entry.get("response")
    return isinstance(response, dict) and str(response.get("status", "")).startswith("2")


def _is_outcome(said: Json | None) -> bool:
    return said is not None and said.get("resourceType") == "OperationOutcome"


def _words(said: Json | None) -> str:
    """Why, in the server's words: what its OperationOutcome says to a person."""
    if said is None or not _is_outcome(said):
        return ""
    issues = [one for one in said.get("issue", []) if isinstance(one, dict)]
    found = [_words_of_issue(one) for one in issues]
    return "; ".join(dict.fromkeys(one for one in found if one))[:LONGEST_WORDS]


def _words_of_issue(issue: Json) -> str:
    details = issue.get("details")
    text = details.get("text") if isinstance(details, dict) else None
    return str(text or issue.get("diagnostics") or issue.get("code") or "")


def _json(body: bytes) -> Json | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
