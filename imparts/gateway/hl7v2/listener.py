"""Listener: takes messages from sockets and hands back the answers, in order, whatever arrives.

Each connection is answered one message after another, so that a sender's messages are applied in
the order in which they were sent; connections do not wait for each other. A connection holds one
message at most, and lives as long as its peer: it ends when nothing came for `idle_seconds`, when a
message that was begun does not end, when an answer is not read, or when the keep-alive of the
network says that nobody is there any more.

Bytes that no frame holds are answered too where a header can be found in them, because their sender
waits: a message without its first byte, without its last, or longer than a message may be.
"""

import asyncio
import contextlib
import hashlib
import logging
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from imparts.gateway.hl7v2.frames import LIMIT, FrameReader, FrameTooLong, frame
from imparts.gateway.hl7v2.who_may_connect import Networks, is_among

MOST_CONNECTIONS = 64
IDLE_SECONDS = 3600.0  # interface engines keep a connection open through a quiet night hour
MESSAGE_SECONDS = 60.0
QUIET_SECONDS = 2.0  # after which bytes that look like a message without its frame are answered
WRITE_SECONDS = 10.0
LINGER_SECONDS = 5.0
_PIECE = 65536
_KEEP_ALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 20, "TCP_KEEPCNT": 3}
_log = logging.getLogger("imparts.listener")


@dataclass(frozen=True, slots=True)
class Peer:
    """Who is at the other end of a connection, as far as the socket can tell."""

    address: str
    certificate: str = ""  # SHA-256 of its client certificate, hexadecimal; empty without TLS


Answers = Callable[[bytes, Peer], Awaitable[list[bytes]]]
# The beginning of what cannot be taken, from whom, and why: its answers.
CutShort = Callable[[bytes, Peer, str], Awaitable[list[bytes]]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the listener waits, in seconds, and for how many at once."""

    idle: float = IDLE_SECONDS
    message: float = MESSAGE_SECONDS
    quiet: float = QUIET_SECONDS
    write: float = WRITE_SECONDS
    linger: float = LINGER_SECONDS
    connections: int = MOST_CONNECTIONS


class Listener:
    """Listens on one port: `answer` gets whole messages, `cut_short` the beginning of others."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        answer: Answers,
        cut_short: CutShort,
        limit: int = LIMIT,
        patience: Patience | None = None,
        tls: ssl.SSLContext | None = None,
        allowed: Networks = (),
        shares_port: bool = False,
    ) -> None:
        self.host, self.port = host, port
        self._answer, self._cut_short = answer, cut_short
        self._limit, self._patience = limit, patience or Patience()
        self._tls, self._allowed, self._shares_port = tls, allowed, shares_port
        self._server: asyncio.Server | None = None
        self._open: dict[asyncio.Task[None], _Conversation] = {}
        self._is_full = False

    async def start(self) -> None:
        """Begin to listen; port 0 becomes a free one. OSError when the port cannot be had."""
        self._server = await asyncio.start_server(
            self._meet,
            self.host,
            self.port,
            ssl=self._tls,
            ssl_handshake_timeout=self._patience.write if self._tls else None,
            reuse_port=self._shares_port,
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self, *, within: float) -> None:
        """Listen no more; what is being answered is answered, for so many seconds."""
        if self._server is not None:
            self._server.close()
        for task, conversation in self._open.items():
            if not conversation.end_soon():
                task.cancel()
        if self._open:
            _, late = await asyncio.wait(list(self._open), timeout=within)
            for task in late:
                task.cancel()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # a coroutine is always run by one
        peer = _peer_of(writer)
        try:
            if self._may_stay(peer):
                conversation = _Conversation(self, peer, reader, writer)
                self._open[task] = conversation
                await conversation.hold()
        except (ConnectionError, TimeoutError, ssl.SSLError, asyncio.CancelledError):
            pass  # the peer went away or was too slow, or we were told to hang up
        except Exception:
            _log.exception("a connection of the listener failed")
        finally:
            self._open.pop(task, None)
            await _hang_up(writer)

    def _may_stay(self, peer: Peer) -> bool:
        if not is_among(peer.address, self._allowed):
            _log.warning("a connection from an address that may not connect was closed")
            return False
        is_full = len(self._open) >= self._patience.connections
        if is_full and not self._is_full:
            _log.warning("more connections than the listener holds; new ones are closed")
        self._is_full = is_full
        return not is_full


class _Conversation:
    """One connection, from its first message to its end."""

    def __init__(
        self,
        listener: Listener,
        peer: Peer,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._answer, self._cut_short = listener._answer, listener._cut_short
        self._limit, self._patience = listener._limit, listener._patience
        self._peer, self._reader, self._writer = peer, reader, writer
        self._frames = FrameReader(limit=self._limit)
        self._ends_at: float | None = None  # when a message that was begun must have ended
        self._is_busy = False
        self._is_ending = False

    def end_soon(self) -> bool:
        """Answer what is being worked on, and nothing after it; whether there is anything."""
        self._is_ending = True
        return self._is_busy

    async def hold(self) -> None:
        """Answer until the peer goes, falls silent, or sends what cannot be read any further."""
        _keep_alive(self._writer)
        while piece := await self._next_piece():
            try:
                whole = self._frames.feed(piece)
            except FrameTooLong as wrong:
                await self._take(wrong.whole)
                await self._refuse_the_rest()
                return
            await self._take(whole)
            if self._is_ending:
                return

    async def _next_piece(self) -> bytes:
        """What comes next; empty when nothing does in time, or the peer has gone."""
        piece = await self._read(min(self._patience.quiet, self._seconds_left()))
        if piece is None:
            await self._take_what_lacks_its_frame()
            piece = await self._read(self._seconds_left())
        if piece is None and not self._frames.is_empty:
            await self._say_cut_short(self._frames.begun, "The message did not end in time.")
        return piece or b""

    def _seconds_left(self) -> float:
        """Until the connection is given up; a message that drips in gets no more time for it."""
        if self._frames.is_empty:
            self._ends_at = None
            return self._patience.idle
        now = asyncio.get_running_loop().time()
        if self._ends_at is None:
            self._ends_at = now + self._patience.message
        return max(0.0, self._ends_at - now)

    async def _read(self, seconds: float) -> bytes | None:
        """Some bytes, none when the peer has gone, None when nothing came in time."""
        try:
            async with asyncio.timeout(seconds):
                return await self._reader.read(_PIECE)
        except TimeoutError:
            return None

    async def _take(self, whole: "list[bytes] | tuple[bytes, ...]") -> None:
        """Answer whole messages, each before the next is looked at."""
        for payload in whole:
            if self._is_ending:
                return
            lost = self._frames.forget_lost()
            if b"MSH" in lost and b"MSH" not in payload[:16]:
                await self._say_cut_short(lost, "The message holds the byte that begins a frame.")
                continue
            self._is_busy = True
            await self._write(await self._answer(payload, self._peer))
            self._is_busy = False

    async def _take_what_lacks_its_frame(self) -> None:
        """A sender has fallen silent: it may be waiting for the answer to a frame gone wrong."""
        if self._frames.lacks_only_cr:
            await self._take([self._frames.take_without_cr()])
        elif self._frames.is_empty and b"MSH" in self._frames.lost:
            words = "The message does not begin with the byte that begins a frame."
            await self._say_cut_short(self._frames.forget_lost(), words)

    async def _refuse_the_rest(self) -> None:
        """Say that it is too long, and let the sender finish, or it could not read the answer."""
        words = f"The message is longer than {self._limit} bytes."
        await self._say_cut_short(self._frames.begun, words)
        with contextlib.suppress(OSError, NotImplementedError):
            self._writer.write_eof()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._patience.linger):
                while await self._reader.read(_PIECE):
                    pass

    async def _say_cut_short(self, begun: bytes, words: str) -> None:
        await self._write(await self._cut_short(begun, self._peer, words))

    async def _write(self, answers: list[bytes]) -> None:
        """Send answers; a peer that reads none is not waited for."""
        for answer in answers:
            self._writer.write(frame(answer))
        async with asyncio.timeout(self._patience.write):
            await self._writer.drain()


def _peer_of(writer: asyncio.StreamWriter) -> Peer:
    address = (writer.get_extra_info("peername") or ("",))[0]
    tls = writer.get_extra_info("ssl_object")
    certificate = tls.getpeercert(binary_form=True) if tls is not None else None
    return Peer(address, hashlib.sha256(certificate).hexdigest() if certificate else "")


def _keep_alive(writer: asyncio.StreamWriter) -> None:
    """Let the network find out that a peer has vanished without a word."""
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEP_ALIVE.items():
        if hasattr(socket, name):  # each system has some of them
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError, TimeoutError, asyncio.CancelledError):
        async with asyncio.timeout(1):
            await writer.wait_closed()
