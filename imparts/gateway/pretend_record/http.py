"""HTTP: requests and answers on one connection; h11 knows the rules of the wire."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

import h11

LARGEST = 20_000_000  # a document in a transaction may be a PDF
_SECONDS_IDLE = 60
_PIECE = 65536
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Request:
    """One request."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The address without what is asked of it."""
        return urlsplit(self.target).path

    @cached_property
    def asked(self) -> Pairs:
        """What stands after the question mark, in order."""
        return tuple(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @cached_property
    def form(self) -> dict[str, str]:
        """The fields of a form; of a repeated one the last."""
        return dict(parse_qsl(self.body.decode("utf-8", errors="replace"), keep_blank_values=True))

    @property
    def is_from_another_site(self) -> bool:
        """Did a page of another address send this form?"""
        origin = self.headers.get("origin", "null")
        return origin != "null" and urlsplit(origin).netloc != self.headers.get("host", "")


@dataclass(frozen=True, slots=True)
class Response:
    """One answer."""

    status: int = 200
    content: str = ""
    kind: str = "text/html"
    headers: Pairs = ()
    is_cut_short: bool = False  # half of it is sent, and then the connection is closed
    is_unsent: bool = False  # the connection is closed without a word


Answer = Callable[[Request], Awaitable[Response]]


class _TooLarge(Exception):
    """More than anybody may send."""


async def converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: Answer
) -> None:
    """Answer request after request until either side has enough."""
    connection = h11.Connection(h11.SERVER)
    with contextlib.suppress(ConnectionError, TimeoutError):
        while await _one(connection, reader, writer, answer):
            connection.start_next_cycle()
    writer.close()


async def _one(
    connection: h11.Connection,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    answer: Answer,
) -> bool:
    """One request and its answer; False when the connection is to be closed."""
    try:
        request = await _read(connection, reader, writer)
        response = await answer(request) if request else Response(is_unsent=True)
    except h11.RemoteProtocolError:
        response = Response(400, "This is not HTTP.", "text/plain")
    except _TooLarge:
        response = Response(413, f"More than {LARGEST} bytes.", "text/plain")
    if response.is_unsent:
        return False
    sent = _written(connection, response)
    writer.write(sent[: len(sent) // 2] if response.is_cut_short else sent)
    await writer.drain()
    return not response.is_cut_short and (
        connection.our_state is h11.DONE and connection.their_state is h11.DONE
    )


async def _read(
    connection: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> Request | None:
    """One request; None when the other side has gone."""
    head: h11.Request | None = None
    body = bytearray()
    while True:
        event = connection.next_event()
        if isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > LARGEST:
                raise _TooLarge
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            return _request(head, bytes(body))
        elif event is h11.NEED_DATA:
            if connection.they_are_waiting_for_100_continue:
                writer.write(_informed(connection))
            connection.receive_data(await asyncio.wait_for(reader.read(_PIECE), _SECONDS_IDLE))
        else:
            return None


def _request(head: h11.Request, body: bytes) -> Request:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in head.headers}
    return Request(head.method.decode(), head.target.decode("latin-1"), headers, body)


def _informed(connection: h11.Connection) -> bytes:
    return connection.send(h11.InformationalResponse(status_code=100, headers=[])) or b""


def _written(connection: h11.Connection, response: Response) -> bytes:
    content = response.content.encode("utf-8", errors="replace")
    headers = [
        ("Content-Type", f"{response.kind}; charset=utf-8"),
        ("Content-Length", str(len(content))),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
        *response.headers,
    ]
    if connection.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
        return b""  # the other side broke off in a way that leaves nothing to answer
    sent = (
        connection.send(
            h11.Response(
                status_code=response.status,
                headers=headers,
                reason=HTTPStatus(response.status).phrase,
            )
        )
        or b""
    )
    sent += connection.send(h11.Data(data=content)) or b""
    return sent + (connection.send(h11.EndOfMessage()) or b"")
