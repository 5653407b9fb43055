"""The front of the pages: bodies are read before a thread is taken, and every answer is honest."""

import asyncio
import threading
from typing import Any

import pytest

from imparts.config import on_threads
from imparts.config.on_threads import OnThreads


def _echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read()]


class _Client:
    """Asks a page as the web server would."""

    def __init__(self, pages: Any, **options: Any) -> None:
        self.app = OnThreads(pages, threads=options.pop("threads", 2))

    def scope(self, method: str = "POST", headers: list[tuple[bytes, bytes]] | None = None) -> Any:
        return {
            "type": "http", "method": method, "path": "/x", "query_string": b"a=1",
            "http_version": "1.1", "scheme": "http", "client": ("127.0.0.1", 5), "server": None,
            "headers": headers or [(b"content-length", b"4")],
        }  # fmt: skip

    async def ask(self, messages: list[dict[str, Any]], scope: Any = None) -> list[Any]:
        sent: list[Any] = []
        waiting = list(messages)

        async def receive() -> Any:
            if not waiting:
                await asyncio.sleep(3600)
            return waiting.pop(0)

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope or self.scope(), receive, send)
        return sent


def _part(body: bytes, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_parts_arrives_whole() -> None:
    sent = asyncio.run(_Client(_echo).ask([_part(b"ab", True), _part(b"cd")]))
    assert (sent[0]["status"], sent[1]["body"]) == (200, b"abcd")


def test_more_than_a_megabyte_is_refused_with_a_sentence() -> None:
    part = _part(b"x" * 600_000, True)
    sent = asyncio.run(_Client(_echo).ask([part, part]))
    assert sent[0]["status"] == 413
    assert b"1 MB" in sent[1]["body"]


def test_a_slow_body_holds_no_thread_and_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_threads, "SECONDS_FOR_BODY", 0.5)
    client = _Client(_echo, threads=1)

    async def fifty_slow_and_one_quick() -> list[Any]:
        slow = [asyncio.ensure_future(client.ask([_part(b"a", True)])) for _ in range(50)]
        await asyncio.sleep(0)
        quick = await client.ask([_part(b"quick")])
        assert quick[1]["body"] == b"quick"
        assert not any(one.done() for one in slow), "the quick one waited for the slow ones"
        return await asyncio.gather(*slow)

    answers = asyncio.run(fifty_slow_and_one_quick())
    assert {answer[0]["status"] for answer in answers} == {408}


def test_a_client_that_leaves_is_not_answered() -> None:
    assert asyncio.run(_Client(_echo).ask([{"type": "http.disconnect"}])) == []


def test_a_page_that_hangs_is_answered_503_and_says_to_try_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(on_threads, "SECONDS_FOR_ANSWER", 0.2)
    let_go = threading.Event()

    def hangs(environ: Any, start_response: Any) -> list[bytes]:
        let_go.wait(10)
        return _echo(environ, start_response)

    client = _Client(hangs, threads=1)

    async def two() -> list[Any]:
        answers = await asyncio.gather(*(client.ask([_part(b"")]) for _ in range(2)))
        let_go.set()
        return answers

    for answer in asyncio.run(two()):
        assert answer[0]["status"] == 503
        assert (b"retry-after", b"5") in answer[0]["headers"]


def test_too_many_at_once_are_turned_away_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_threads, "MOST_WAITING", 0)
    sent = asyncio.run(_Client(_echo).ask([_part(b"")]))
    assert sent[0]["status"] == 503


def test_a_fault_outside_django_is_answered_without_its_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def breaks(environ: Any, start_response: Any) -> list[bytes]:
        raise ValueError("Aurelia Canary")

    sent = asyncio.run(_Client(breaks).ask([_part(b"")]))
    assert sent[0]["status"] == 500
    assert b"Canary" not in sent[1]["body"]


def test_a_header_with_an_underscore_cannot_pass_for_another() -> None:
    scope = _Client(_echo).scope(headers=[(b"x_forwarded_for", b"1"), (b"x-real", b"2")])
    environ = on_threads.environ_of(scope, b"")
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert environ["HTTP_X_REAL"] == "2"


def test_cookies_sent_in_two_headers_are_both_read() -> None:
    scope = _Client(_echo).scope(headers=[(b"cookie", b"a=1"), (b"cookie", b"b=2")])
    assert on_threads.environ_of(scope, b"")["HTTP_COOKIE"] == "a=1; b=2"


def test_a_head_request_gets_no_body() -> None:
    client = _Client(lambda e, s: s("200 OK", []) or [b"body"])
    sent = asyncio.run(client.ask([], client.scope("HEAD", [(b"host", b"x")])))
    assert sent[1]["body"] == b""
