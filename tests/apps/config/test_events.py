"""/events: who gets a stream, who gets nothing, and that many streams hold no thread."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from imparts.access.tablets import COOKIE as TABLET_COOKIE
from imparts.config.events import Events
from imparts.config.on_threads import OnThreads
from imparts.live.actions import tell
from tests.builders import a_service, staff_with

pytestmark = pytest.mark.django_db(transaction=True)


def _pages(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [b"page"]


class _Stream:
    """One open page, as the web server sees it."""

    def __init__(self, events: Events, cookies: str, method: str = "GET") -> None:
        self.sent: list[dict[str, Any]] = []
        self.gone = asyncio.Event()
        self.scope = {
            "type": "http", "method": method, "path": "/events",
            "headers": [(b"cookie", cookies.encode())],
        }  # fmt: skip
        self.task = asyncio.ensure_future(events(self.scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"]) if self.sent else 0

    @property
    def said(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()


async def _until(happened: Callable[[], bool]) -> None:
    for _ in range(400):
        if happened():
            return
        await asyncio.sleep(0.02)
    pytest.fail("it did not happen in 8 s")


def _events(url: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Events, OnThreads]:
    monkeypatch.setattr(
        "imparts.live.stream.psycopg.AsyncConnection.connect",
        _connect_to(url),
    )
    pages = OnThreads(_pages, threads=2)
    return Events(on_threads=pages), pages


def _connect_to(url: str) -> Any:
    import psycopg

    real = psycopg.AsyncConnection.connect

    async def connect(_: str, **options: Any) -> Any:
        return await real(url, **options)

    return connect


def _session_of(user: Any) -> str:
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@pytest.fixture
def url(database_of_this_process: Any) -> str:
    return database_of_this_process.web_url


async def _answered(events: Events, cookies: str, method: str = "GET") -> int:
    stream = _Stream(events, cookies, method)
    await _until(lambda: stream.status > 0)
    await stream.task
    assert stream.said == ""
    return stream.status


def test_who_gets_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in = _session_of(staff_with("nurse", a_service(with_content=False)))

    async def story() -> None:
        events, pages = _events(url, monkeypatch)
        assert await _answered(events, "") == 401
        assert await _answered(events, f"{settings.SESSION_COOKIE_NAME}=made-up") == 401
        assert await _answered(events, f"{signed_in}; {TABLET_COOKIE}=x") == 404
        assert await _answered(events, signed_in, method="POST") == 405
        await _leave(pages)

    asyncio.run(story())


def test_two_hundred_streams_are_told_within_a_second_and_pages_are_still_answered(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, other = a_service(with_content=False), a_service("Dermatology", with_content=False)
    signed_in = _session_of(staff_with("nurse", service))

    async def story() -> None:
        events, pages = _events(url, monkeypatch)
        streams = [_Stream(events, signed_in) for _ in range(200)]
        await _until(lambda: all("retry: 2000" in one.said for one in streams))

        assert await pages.run(lambda: "a thread is free") == "a thread is free"
        await asyncio.to_thread(_tell_and_close, service.pk, other.pk)
        await _until(lambda: all(f'"service":{service.pk}' in one.said for one in streams))
        assert not any(f'"service":{other.pk}' in one.said for one in streams)

        for one in streams:
            one.gone.set()
        await asyncio.wait_for(asyncio.gather(*(one.task for one in streams)), 5)
        await _leave(pages)

    asyncio.run(story())


async def _leave(pages: OnThreads) -> None:
    """Close the database connection of each of the two threads."""
    both_there = threading.Barrier(2)

    def close() -> None:
        both_there.wait(5)
        connections.close_all()

    await asyncio.gather(pages.run(close), pages.run(close))


def _tell_and_close(*services: int) -> None:
    for service in reversed(services):
        tell(service=service, what="clinic")
    connections.close_all()
