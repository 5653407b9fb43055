"""/events: what changes at the services of a signed-in page, as server-sent events."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.http.cookie import parse_cookie
from django.utils import timezone

from imparts.access.queries import services_for_session
from imparts.access.tablets import COOKIE as TABLET_COOKIE
from imparts.config.on_threads import OnThreads, Receive, Scope, Send
from imparts.live.stream import Changes, Services, stream

_STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Events:
    """The event streams of one web process."""

    def __init__(self, *, on_threads: OnThreads) -> None:
        self._on_threads = on_threads
        self._changes = Changes(settings.ENVIRONMENT.database_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream to one page until it leaves or its session ends."""
        cookies = _cookies(scope)
        if scope["method"] != "GET":
            return await _nothing(send, 405)
        if TABLET_COOKIE in cookies:  # a tablet learns nothing about the clinic (hazard H3)
            return await _nothing(send, 404)
        key = cookies.get(settings.SESSION_COOKIE_NAME, "")

        async def still_allowed() -> Services | None:
            return await self._on_threads.run(lambda: _services_of(key))

        services = await still_allowed()
        if services is None:
            return await _nothing(send, 401)
        told = stream(self._changes, services, still_allowed=still_allowed)
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM})
        await _until_gone(_send_all(told, send), receive)


def _services_of(session_key: str) -> Services | None:
    if not session_key:
        return None
    close_old_connections()
    try:
        return services_for_session(session_key, at=timezone.now(), on=timezone.localdate())
    finally:
        close_old_connections()


async def _send_all(told: AsyncIterator[bytes], send: Send) -> None:
    async for text in told:
        await send({"type": "http.response.body", "body": text, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _until_gone(sending: Coroutine[Any, Any, None], receive: Receive) -> None:
    """Send until done, or until the page has closed its end."""
    task = asyncio.ensure_future(sending)
    gone = asyncio.ensure_future(_gone(receive))
    await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
    for one in (task, gone):
        one.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await one


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _nothing(send: Send, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _cookies(scope: Scope) -> dict[str, str]:
    sent = [value.decode("latin1") for name, value in scope["headers"] if name == b"cookie"]
    return parse_cookie("; ".join(sent))
