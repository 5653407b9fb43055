"""Door: the HTTP side: which part of this record answers to which address."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from imparts.gateway.pretend_record.fhir.server import FhirServer
from imparts.gateway.pretend_record.http import Request, Response, converse
from imparts.gateway.pretend_record.launcher import Launcher
from imparts.gateway.pretend_record.pages import frame
from imparts.gateway.pretend_record.reading_room import ReadingRoom
from imparts.gateway.pretend_record.sending_desk import SendingDesk

_LOOK = (Path(__file__).parent / "look.css").read_text(encoding="utf-8")


class Door:
    """Listens for browsers, apps and machines."""

    def __init__(
        self,
        room: ReadingRoom,
        desk: SendingDesk,
        launcher: Launcher,
        fhir: FhirServer,
        *,
        port: int,
    ) -> None:
        self._room, self._desk, self._launcher, self._fhir = room, desk, launcher, fhir
        self.port = port
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    @property
    def base(self) -> str:
        """The address of the FHIR server, which is also the issuer of launches."""
        return f"http://127.0.0.1:{self.port}/fhir"

    async def open(self) -> None:
        """Begin to listen; port 0 becomes a free one."""
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening and hang up."""
        if self._server is not None:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        with contextlib.suppress(asyncio.CancelledError):
            await converse(reader, writer, self._answer)
        self._open.discard(task)
        writer.close()

    async def _answer(self, request: Request) -> Response:
        path = request.path
        if path.startswith("/fhir/.well-known/"):
            return self._launcher.well_known(path, self.base)
        if path == "/fhir" or path.startswith("/fhir/"):
            return await self._fhir.answer(request, self.base)
        if path == "/look.css":
            return Response(content=_LOOK, kind="text/css")
        if request.method == "POST" and request.is_from_another_site and path != "/token":
            return _page(Response(403, frame.framed("Refused", "<h1>Not from another site</h1>")))
        return _page(await self._of_path(request))

    async def _of_path(self, request: Request) -> Response:
        first = "/" + request.path.split("/")[1]
        rooms: dict[str, Callable[[Request, str], Awaitable[Response]]] = {
            "/play": self._desk.answer,
            "/launcher": self._launcher.answer,
            "/authorize": self._launcher.answer,
            "/token": self._launcher.answer,
            "/jwks.json": self._launcher.answer,
        }
        return await rooms.get(first, self._room.answer)(request, self.base)


def _page(response: Response) -> Response:
    """With the policy of our pages, unless it brought one of its own."""
    if any(name == "Content-Security-Policy" for name, _ in response.headers):
        return response
    return replace(response, headers=(*response.headers, *frame.policy()))
