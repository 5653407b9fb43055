"""Lines: a listener in a thread of its own, and raw sockets that speak to it, well or badly."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from imparts.gateway.hl7v2.acknowledgement import Answer
from imparts.gateway.hl7v2.answers import write_answers
from imparts.gateway.hl7v2.envelope import read_envelope
from imparts.gateway.hl7v2.frames import FrameReader, frame
from imparts.gateway.hl7v2.listener import Listener, Patience, Peer
from imparts.gateway.hl7v2.message import Message, read_message
from tests.gateway.loop_in_a_thread import LoopInAThread

AT = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
SHORT = Patience(idle=1.2, message=0.8, quiet=0.2, write=0.5, linger=0.5, connections=20)
LONG = Patience(idle=60, message=60, quiet=0.2, write=10, linger=0.5, connections=20)

Answered = Callable[[bytes, Peer], list[bytes]]
CutShort = Callable[[bytes, str, Peer], list[bytes]]


def taken(raw: bytes, peer: Peer) -> list[bytes]:
    """Every message is taken."""
    envelope = read_envelope(raw)
    return write_answers(envelope, Answer("AA", envelope.control_id), at=AT)


def refused(begun: bytes, words: str, peer: Peer) -> list[bytes]:
    """What is cut short is refused."""
    envelope = read_envelope(begun)
    return write_answers(envelope, Answer("AR", envelope.control_id, words), at=AT)


class RunningListener:
    """A listener on a free port of this machine."""

    def __init__(
        self,
        *,
        answer: Answered = taken,
        cut_short: CutShort = refused,
        patience: Patience = LONG,
        host: str = "127.0.0.1",
        **settings: Any,
    ) -> None:
        async def answers(raw: bytes, peer: Peer) -> list[bytes]:
            return await asyncio.to_thread(answer, raw, peer)

        async def answers_cut_short(begun: bytes, peer: Peer, words: str) -> list[bytes]:
            return await asyncio.to_thread(cut_short, begun, words, peer)

        self._loop = LoopInAThread()
        self.run = self._loop.run
        self._listener = Listener(
            host, 0, answer=answers, cut_short=answers_cut_short, patience=patience, **settings
        )
        self.run(self._listener.start())

    @property
    def port(self) -> int:
        return self._listener.port

    def line(self, **settings: Any) -> "Line":
        return Line(self.port, **settings)

    def stop(self, *, within: float = 5.0) -> None:
        if not self._loop.is_stopped:
            self.run(self._listener.stop(within=within))
            self._loop.stop()


class Line:
    """One connection to a listener."""

    def __init__(
        self, port: int, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
    ) -> None:
        self.socket = socket.create_connection((host, port), timeout=10)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self._frames = FrameReader()
        self._waiting: list[bytes] = []

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, raw: bytes) -> None:
        """Bytes as they are."""
        self.socket.sendall(raw)

    def ask(self, payload: bytes) -> Message:
        """Send a message in its frame; the answer to it."""
        self.send(frame(payload))
        return self.answer()

    def answer(self, *, seconds: float = 10) -> Message:
        """The next answer."""
        self.socket.settimeout(seconds)
        while not self._waiting:
            piece = self.socket.recv(65536)
            if not piece:
                raise ConnectionError("closed without an answer")
            self._waiting += self._frames.feed(piece)
        return read_message(self._waiting.pop(0).decode())

    def is_closed_within(self, seconds: float) -> bool:
        """Whether the listener hangs up, saying nothing more."""
        self.socket.settimeout(seconds)
        try:
            return self.socket.recv(1) == b""
        except TimeoutError:
            return False
        except ConnectionError:
            return True


def said(answer: Message) -> tuple[str, str]:
    """MSA-1 and MSA-2."""
    msa = answer.first("MSA")
    assert msa is not None
    return msa.text(1), msa.text(2)


def a_message(
    control_id: str = "1", *, kind: str = "ADT^A08", rest: str = "EVN|A08", header: str = ""
) -> bytes:
    """A message with this control id; `header` is what follows MSH-12."""
    msh = f"MSH|^~\\&|PAS|RXX|IMPARTS|RXX|20261117115900||{kind}|{control_id}|P|2.5.1{header}"
    return f"{msh}\r{rest}\r".encode()
