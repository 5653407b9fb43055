"""The client of a FHIR server: what is taken, what is tried again, and what is never said."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from imparts.gateway.fhir_client import Credentials, FhirClient
from imparts.gateway.outcomes import Outcome

SECRET = "O'Dapple"
TAKEN = {
    "resourceType": "Bundle",
    "type": "transaction-response",
    "entry": [{"response": {"status": "201 Created"}}, {"response": {"status": "200 OK"}}],
}
Answer = Callable[[BaseHTTPRequestHandler, bytes], tuple[int, bytes]]


class Server:
    """A server that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes]] = []
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.hangs = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                owner.asked.append((self.path, dict(self.headers), body))
                status, said = owner.answers.pop(0)
                if status == 0:
                    owner.hangs.wait(5)
                    return
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                if 300 <= status < 400:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *said: object) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/fhir"

    def will_answer(self, status: int, said: Any = b"") -> None:
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.answers.append((status, body))

    def stop(self) -> None:
        self.hangs.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.stop()


@pytest.fixture
def client(server: Server) -> Iterator[FhirClient]:
    made = FhirClient(server.address, seconds_to_connect=1, seconds_to_answer=0.5)
    yield made
    made.close()


def outcome(words: str) -> dict[str, Any]:
    issue = {"severity": "error", "code": "processing", "diagnostics": words}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def sent(client: FhirClient) -> tuple[Outcome, str]:
    told = client.send(b'{"resourceType": "Bundle"}', control_id="C1")
    return told.outcome, told.words


def test_a_transaction_that_is_taken_is_taken(server: Server, client: FhirClient) -> None:
    server.will_answer(200, TAKEN)
    assert sent(client) == (Outcome.TAKEN, "")
    path, headers, body = server.asked[0]
    assert (path, body) == ("/fhir", b'{"resourceType": "Bundle"}')
    assert headers["Content-Type"] == "application/fhir+json"
    assert headers["X-Request-Id"] == "C1"
    assert "Authorization" not in headers


@pytest.mark.parametrize("status", [400, 410, 412, 422])
def test_a_refusal_has_the_servers_words(server: Server, client: FhirClient, status: int) -> None:
    server.will_answer(status, outcome("no such patient"))
    assert sent(client) == (Outcome.REFUSED, f"{status}: no such patient")


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504])
def test_what_may_be_taken_later_is_tried_again(
    server: Server, client: FhirClient, status: int
) -> None:
    server.will_answer(status, b"<html>busy</html>")
    assert sent(client) == (Outcome.NOT_THIS_TIME, f"{status}: the record gave no reason")


@pytest.mark.parametrize("status", [301, 307, 401, 403, 404, 405])
def test_a_server_that_lets_nothing_in_keeps_everything_waiting(
    server: Server, client: FhirClient, status: int
) -> None:
    server.will_answer(status, b"not here")
    assert sent(client)[0] is Outcome.NO_ANSWER
    assert len(server.asked) == 1, "a redirect is not followed"


def test_a_missing_patient_told_by_404_is_a_refusal(server: Server, client: FhirClient) -> None:
    server.will_answer(404, outcome("no match"))
    assert sent(client) == (Outcome.REFUSED, "404: no match")


@pytest.mark.parametrize(
    "said",
    [b"", b"OK", b"[]", b'{"resourceType": "Patient"}', b"\xff\xfe", b'{"type": "batch-response"}'],
)
def test_an_answer_that_no_fhir_server_gives_does_not_count(
    server: Server, client: FhirClient, said: bytes
) -> None:
    server.will_answer(200, said)
    assert sent(client)[0] is Outcome.NO_ANSWER


def test_an_entry_that_was_not_taken_is_a_refusal(server: Server, client: FhirClient) -> None:
    entries = [{"response": {"status": "201"}}, {"response": {"status": "422"}}]
    server.will_answer(200, TAKEN | {"entry": entries})
    assert sent(client) == (Outcome.REFUSED, "1 of 2 entries were not taken")


def test_silence_is_no_answer_and_the_next_one_is_asked_afresh(
    server: Server, client: FhirClient
) -> None:
    server.will_answer(0)
    server.will_answer(200, TAKEN)
    assert sent(client) == (Outcome.NO_ANSWER, "the record did not answer in time")
    assert sent(client)[0] is Outcome.TAKEN


def test_an_answer_without_end_is_not_read(server: Server, client: FhirClient) -> None:
    server.will_answer(200, b"x" * 4_000_001)
    assert sent(client) == (Outcome.NO_ANSWER, "the answer is longer than an answer can be")


def test_a_server_that_is_not_there_is_no_answer_and_nothing_of_the_patient_is_said(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Server()
    address = gone.address
    gone.stop()
    with caplog.at_level(logging.DEBUG):
        client = FhirClient(address, seconds_to_connect=0.5, seconds_to_answer=0.5)
        told = client.send(SECRET.encode(), control_id="C1")
        client.close()
    assert told.outcome is Outcome.NO_ANSWER
    assert told.words.startswith("the record cannot be reached")
    assert SECRET not in told.words + caplog.text


def test_what_a_server_quotes_of_a_patient_stands_in_no_log(
    server: Server, client: FhirClient, caplog: pytest.LogCaptureFixture
) -> None:
    server.will_answer(422, outcome(f"{SECRET} is unknown"))
    with caplog.at_level(logging.DEBUG):
        assert SECRET in sent(client)[1]
    assert SECRET not in caplog.text


def with_token(server: Server, clock: Callable[[], float] = lambda: 0.0) -> FhirClient:
    credentials = Credentials(f"{server.address}/token", "us", "between-us")
    return FhirClient(
        server.address, credentials=credentials, seconds_to_connect=1, seconds_to_answer=1,
        clock=clock,
    )  # fmt: skip


def test_a_token_is_asked_for_once_and_again_when_it_ends(server: Server) -> None:
    now = [0.0]
    client = with_token(server, lambda: now[0])
    for token in ("one", "two"):
        server.will_answer(200, {"access_token": token, "expires_in": 300})
        server.will_answer(200, TAKEN)
        server.will_answer(200, TAKEN)
        assert sent(client)[0] is sent(client)[0] is Outcome.TAKEN
        now[0] += 280
    client.close()
    said = [(path, headers.get("Authorization", "")[:10]) for path, headers, _ in server.asked]
    assert [path for path, _ in said] == ["/fhir/token", "/fhir", "/fhir"] * 2
    assert [auth for path, auth in said if path == "/fhir"] == ["Bearer one"] * 2 + [
        "Bearer two"
    ] * 2
    assert b"client_credentials" in server.asked[0][2]


def test_a_token_that_ended_early_is_asked_for_once_more(server: Server) -> None:
    client = with_token(server)
    for token, status in (("one", 401), ("two", 200)):
        server.will_answer(200, {"access_token": token, "expires_in": 300})
        server.will_answer(status, TAKEN)
    assert sent(client)[0] is Outcome.TAKEN
    client.close()


def test_without_a_token_everything_waits(server: Server) -> None:
    client = with_token(server)
    server.will_answer(401, {"error": "invalid_client"})
    assert sent(client) == (Outcome.NO_ANSWER, "the record gives no token (answer 401)")
    client.close()


def test_a_secret_is_not_shown_by_accident() -> None:
    assert "between-us" not in repr(Credentials("https://record.example/token", "us", "between-us"))


def test_an_address_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="begins with https"):
        FhirClient("record.example")
