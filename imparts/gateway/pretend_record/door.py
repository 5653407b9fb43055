"""Door: the HTTP side, just large enough for a few pages, one form and the ledger as JSON."""

import asyncio
import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from imparts.gateway.pretend_record import pages
from imparts.gateway.pretend_record.moods import Mood
from imparts.gateway.pretend_record.receiver import Receiver

_LARGEST = 64_000
_SECONDS = 10
_LOOK = (Path(__file__).parent / "look.css").read_text(encoding="utf-8")
_SAFE = (
    "Content-Security-Policy: default-src 'none'; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCache-Control: no-store\r\n"
)
_WORDS = {200: "OK", 303: "See Other", 400: "Bad Request", 403: "Forbidden", 404: "Not Found"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as far as it matters here."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    form: dict[str, list[str]]

    @property
    def is_from_another_site(self) -> bool:
        """Did a page of another address send this form?"""
        origin = self.headers.get("origin", "null")
        return origin != "null" and urlsplit(origin).netloc != self.headers.get("host", "")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    status: int = 200
    content: str = ""
    kind: str = "text/html"
    more: str = ""  # further header lines


class Door:
    """Listens for browsers and for tests."""

    def __init__(self, receiver: Receiver, *, port: int) -> None:
        self._receiver = receiver
        self.port = port
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Begin to listen; port 0 becomes a free one."""
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(
            ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError
        ):
            asked = await asyncio.wait_for(_read(reader), _SECONDS)
            reply = await self._reply_to(asked) if asked else Reply(400)
            writer.write(_written(reply))
            await writer.drain()
        writer.close()

    async def _reply_to(self, asked: Asked) -> Reply:
        if asked.method == "POST" and asked.path == "/mood":
            return await self._mood(asked)
        return self._page(asked)

    async def _mood(self, asked: Asked) -> Reply:
        """Take on the mood that was chosen; `times` limits it to some messages."""
        if asked.is_from_another_site:
            return Reply(403)
        times = asked.form.get("times", [""])[0]
        try:
            mood = Mood(asked.form.get("mood", [""])[0])
            await self._receiver.become(mood, times=int(times) if times else None)
        except ValueError:
            return Reply(400, "mood is one of: " + ", ".join(Mood), "text/plain")
        return Reply(303, more="Location: /\r\n")

    def _page(self, asked: Asked) -> Reply:
        ledger = self._receiver.ledger
        if asked.path == "/":
            is_still = asked.query.startswith("still")
            page = pages.list_page(ledger, self._receiver.temper, is_still=is_still)
            return Reply(content=page, more="" if is_still else "Refresh: 2\r\n")
        if asked.path == "/look.css":
            return Reply(content=_LOOK, kind="text/css")
        if asked.path == "/ledger.json":
            told = [asdict(entry) for entry in ledger.newest()]
            return Reply(content=json.dumps(told), kind="application/json")
        number = asked.path.removeprefix("/message/")
        entry = ledger.entry(int(number)) if number.isdecimal() and len(number) < 12 else None
        if entry is None:
            return Reply(404, pages.not_found_page())
        return Reply(content=pages.message_page(entry))


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    """One request; None when it is not one, or is larger than anything asked for here."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    parts = first.split(" ")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    length = headers.get("content-length", "0")
    if len(parts) != 3 or not length.isdecimal() or int(length) > _LARGEST:
        return None
    body = (await reader.readexactly(int(length))).decode("utf-8", errors="replace")
    address = urlsplit(parts[1])
    return Asked(parts[0], address.path, address.query, headers, parse_qs(body))


def _written(reply: Reply) -> bytes:
    content = reply.content.encode("utf-8", errors="replace")
    head = (
        f"HTTP/1.1 {reply.status} {_WORDS[reply.status]}\r\n"
        f"Content-Type: {reply.kind}; charset=utf-8\r\nContent-Length: {len(content)}\r\n"
        f"{_SAFE}{reply.more}Connection: close\r\n\r\n"
    )
    return head.encode() + content
