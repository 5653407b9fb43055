"""Pages on threads: Django's pages run on a fixed number of threads behind an asyncio front.

A thread is taken only when the whole request is here, and given back before the answer is sent, so
a slow or hostile client holds a little memory and never a thread. When every thread is busy for
too long (a database that hangs), the answer is an honest 503 and not a page that never comes.
"""

import asyncio
import io
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Pages = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

LONGEST_BODY = 1024 * 1024
SECONDS_FOR_BODY = 20.0
SECONDS_FOR_ANSWER = 20.0  # longer than the database's own statement limit of 15
MOST_WAITING = 200
_PLAIN = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]


_log = logging.getLogger("imparts.web")


class _Refused(Exception):
    """The request is answered without asking any page."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class _Gone(Exception):
    """The client left before it had sent its request."""


@dataclass(slots=True)
class _Answer:
    status: int = 500
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""


class OnThreads:
    """A WSGI application as an ASGI one."""

    def __init__(self, pages: Pages, *, threads: int) -> None:
        self._pages = pages
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._in_hand = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            body = await _whole_body(scope, receive)
            answer = await self._answer(environ_of(scope, body))
        except _Gone:
            return
        except _Refused as refused:
            answer = _in_words(refused)
        is_head = scope["method"] == "HEAD"
        await send(
            {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        )
        await send({"type": "http.response.body", "body": b"" if is_head else answer.body})

    async def run(self, function: Callable[[], Any]) -> Any:
        """Run something else that may block on one of the threads."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function)

    async def _answer(self, environ: dict[str, Any]) -> _Answer:
        if self._in_hand >= MOST_WAITING:
            raise _Refused(503, "The service is busy. Nothing was changed. Try again in a moment.")
        self._in_hand += 1
        try:
            return await asyncio.wait_for(
                self.run(lambda: _ask(self._pages, environ)), SECONDS_FOR_ANSWER
            )
        except TimeoutError:
            raise _Refused(503, "The service did not answer in time. Try again.") from None
        except Exception:  # Django answers for its pages; this is what it could not answer for
            _log.exception("a page failed outside Django")
            raise _Refused(500, "Something went wrong on our side. Try again.") from None
        finally:
            self._in_hand -= 1


async def _whole_body(scope: Scope, receive: Receive) -> bytes:
    if scope["method"] in ("GET", "HEAD", "OPTIONS") and not _says_it_has_a_body(scope):
        return b""
    try:
        return await asyncio.wait_for(_read(receive), SECONDS_FOR_BODY)
    except TimeoutError:
        raise _Refused(408, "The request took too long to arrive. Send it again.") from None


def _says_it_has_a_body(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    return b"content-length" in names or b"transfer-encoding" in names


async def _read(receive: Receive) -> bytes:
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > LONGEST_BODY:
            raise _Refused(413, "That is too much to send at once; at most 1 MB is taken.")
        if not message.get("more_body", False):
            return b"".join(parts)


def _ask(pages: Pages, environ: dict[str, Any]) -> _Answer:
    """Run one page from beginning to end, on a thread."""
    answer = _Answer()

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        answer.status = int(status.split(" ", 1)[0])
        answer.headers = tuple((n.lower().encode(), v.encode("latin1")) for n, v in headers)

    said = pages(environ, start_response)
    try:
        answer.body = b"".join(said)
    finally:
        getattr(said, "close", lambda: None)()
    return answer


def _in_words(refused: _Refused) -> _Answer:
    headers = [*_PLAIN, (b"connection", b"close")]
    if refused.status == 503:
        headers.append((b"retry-after", b"5"))
    return _Answer(refused.status, tuple(headers), refused.sentence.encode())


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """The request in WSGI's words."""
    server, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(server),
        "SERVER_PORT": str(port or 80),
        "REMOTE_ADDR": str((scope.get("client") or ("",))[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        _add_header(environ, name, value.decode("latin1"))
    environ["CONTENT_LENGTH"] = str(len(body))  # a chunked body has none of its own
    return environ


def _add_header(environ: dict[str, Any], name: bytes, value: str) -> None:
    if b"_" in name:  # X_Forwarded_For would pass for X-Forwarded-For
        return
    key = name.decode("latin1").upper().replace("-", "_")
    if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        key = f"HTTP_{key}"
    if key in environ:
        value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
    environ[key] = value
