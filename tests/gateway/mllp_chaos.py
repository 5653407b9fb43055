"""A receiver of results that misbehaves, on a real socket, and keeps a ledger of what it took.

It shares no code with the program: messages are taken apart here by hand, so that a mistake of the
program's own readers is not repeated. `MISBEHAVIOURS` says what each kind does.
"""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

VT, END = b"\x0b", b"\x1c\r"
LATE, SLOW = 0.7, 0.15  # seconds; the senders of these tests wait for half a second

MISBEHAVIOURS = {
    "down": "nobody listens",
    "accept_close": "hangs up as soon as somebody connects",
    "close_mid_read": "hangs up in the middle of the message",
    "hang": "reads, stores nothing, says nothing",
    "slow": "answers late, but in time",
    "slow_read": "reads a few bytes at a time",
    "drip": "answers a byte at a time, in time",
    "drip_forever": "answers a byte at a time and never ends",
    "ae": "error, stored nothing",
    "ae_kept": "error, and yet it stored it",
    "ce": "accept error, stored nothing",
    "ar": "rejected",
    "cr": "accept rejected",
    "drop": "stored, and no answer",
    "drop_close": "stored, and hung up",
    "drop_reset": "stored, and reset the connection",
    "half_ack": "stored, and half an answer",
    "late": "stored, and answered when nobody waits any more",
    "stale": "stored nothing, and answered for the one before",
    "wrong_id": "stored nothing, and answered for a message that nobody sent",
    "dup_ack": "stored, and answered twice",
    "two_in_one": "answered for the one before and for this one in one go",
    "garbage": "stored, and answered with noise",
    "huge": "stored, and an answer of a megabyte",
    "no_msa": "stored, and an answer without MSA",
    "no_id": "stored nothing, and an answer without an id",
    "odd_code": "stored nothing, and a code that is none",
}
REFUSING = ("ar", "cr")
KEEPS = (
    "ok", "slow", "slow_read", "drip", "drip_forever", "ae_kept", "drop", "drop_close",
    "drop_reset", "half_ack", "late", "dup_ack", "two_in_one", "garbage", "huge", "no_msa",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """One message as it came, with what is asked of it later."""

    control_id: str
    patient: str
    text: bytes
    met: str
    is_kept: bool
    at: float


@dataclass
class Chaos:
    """Listens on a free port of this machine until it is stopped."""

    answers_after: float = 0.0
    ledger: list[Received] = field(default_factory=list)
    _plan: list[str] = field(default_factory=list)
    _usual: str = "ok"
    _before: str = "NOBODY"
    _open: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connects = 0
        self._lock = threading.Lock()
        self._listen(0)
        self.port: int = self._server.getsockname()[1]

    def behave(self, kind: str, *, times: int | None = None) -> None:
        """For so many messages, or until told otherwise."""
        with self._lock:
            self._plan = [kind] * (times or 0)
            self._usual = "ok" if times else kind
        if kind == "down":
            self._close()
        elif self._server.fileno() < 0:
            self._listen(self.port)

    def stop(self) -> None:
        self._close()

    def kept(self) -> list[Received]:
        """What it stored, each control id once, in the order in which it was first stored."""
        first: dict[str, Received] = {}
        for one in list(self.ledger):
            if one.is_kept:
                first.setdefault(one.control_id, one)
        return list(first.values())

    def _listen(self, port: int) -> None:
        self._server = socket.create_server(("127.0.0.1", port), backlog=64)
        threading.Thread(target=self._accept, args=[self._server], daemon=True).start()

    def _close(self) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open = []

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                met, _ = server.accept()
            except OSError:
                return
            self.connects += 1
            self._open.append(met)
            threading.Thread(target=self._converse, args=[met], daemon=True).start()

    def _next(self) -> str:
        with self._lock:
            return self._plan.pop(0) if self._plan else self._usual

    def _peek(self) -> str:
        with self._lock:
            return self._plan[0] if self._plan else self._usual

    def _converse(self, met: socket.socket) -> None:
        with contextlib.suppress(OSError), met:
            if self._peek() == "accept_close":
                self._next()
                return
            for data in self._messages(met):
                kind = self._next()
                if not self._answer(met, kind, data):
                    return

    def _messages(self, met: socket.socket) -> Iterator[bytes]:
        held = b""
        while True:
            piece = met.recv(64 if self._peek() == "slow_read" else 2048)
            kind = self._peek()
            if not piece:
                return
            if kind in ("close_mid_read", "accept_close"):
                self._next()
                return
            if kind == "slow_read":
                time.sleep(0.002)
            held += piece
            while END in held:
                whole, held = held.split(END, 1)
                yield whole.lstrip(VT)

    def _answer(self, met: socket.socket, kind: str, data: bytes) -> bool:
        control_id, before = _control_id(data), self._before
        keeps = kind in KEEPS
        self.ledger.append(
            Received(control_id, _patient(data), data, kind, keeps, time.monotonic())
        )
        self._before = control_id
        time.sleep(self.answers_after)
        say = getattr(self, f"_{kind}", None)
        if say is not None:
            return bool(say(met, control_id, before))
        met.sendall(_ack("AA", control_id))
        return True

    def _hang(self, met: socket.socket, mine: str, before: str) -> bool:
        return True

    _drop = _hang

    def _slow(self, met: socket.socket, mine: str, before: str) -> bool:
        time.sleep(SLOW)
        met.sendall(_ack("AA", mine))
        return True

    def _late(self, met: socket.socket, mine: str, before: str) -> bool:
        time.sleep(LATE)
        met.sendall(_ack("AA", mine))
        return True

    def _drip(self, met: socket.socket, mine: str, before: str) -> bool:
        for number in _ack("AA", mine):
            met.sendall(bytes([number]))
        return True

    def _drip_forever(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(VT)
        for _ in range(200):
            met.sendall(b"x")
            time.sleep(0.05)
        return False

    def _ae(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(_ack("AE", mine))
        return True

    _ae_kept = _ae

    def _ce(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(_ack("CE", mine))
        return True

    def _ar(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(_ack("AR", mine, "unknown patient class"))
        return True

    def _cr(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(_ack("CR", mine, "this sender is not known"))
        return True

    def _drop_close(self, met: socket.socket, mine: str, before: str) -> bool:
        return False

    def _drop_reset(self, met: socket.socket, mine: str, before: str) -> bool:
        met.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    def _half_ack(self, met: socket.socket, mine: str, before: str) -> bool:
        answer = _ack("AA", mine)
        met.sendall(answer[: len(answer) // 2])
        return True

    def _stale(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(_ack("AA", before if before != mine else "NOBODY"))
        return True

    def _wrong_id(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(_ack("AA", "0123456789"))
        return True

    def _no_id(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(_ack("AA", ""))
        return True

    def _odd_code(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(_ack("OK", mine))
        return True

    def _dup_ack(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(_ack("AA", mine) * 2)
        return True

    def _two_in_one(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(_ack("AA", before) + _ack("AA", mine))
        return True

    def _garbage(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(b"\x00\xffHTTP/1.1 400 Bad Request\r\n\r\n" + VT + b"\xfe\xff" + END)
        return True

    def _huge(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(VT + _text("AA", mine) + b"NTE|1||" + b"x" * 1_000_000 + b"\r" + END)
        return True

    def _no_msa(self, met: socket.socket, mine: str, before: str) -> bool:
        met.sendall(VT + b"MSH|^~\\&|R|R|||20260714||ACK|1|P|2.5.1\r" + END)
        return True


def _ack(code: str, control_id: str, words: str = "") -> bytes:
    return VT + _text(code, control_id, words) + END


def _text(code: str, control_id: str, words: str = "") -> bytes:
    msa = f"MSA|{code}|{control_id}|{words}".rstrip("|")
    return f"MSH|^~\\&|REC|X|IMPARTS|X|20260714090000||ACK|A1|P|2.5.1\r{msa}\r".encode()


def _control_id(data: bytes) -> str:
    return data.split(b"\r", 1)[0].split(b"|")[9].decode()


def _patient(data: bytes) -> str:
    """Our own id among the numbers of PID-3: the one of type PI."""
    pid = next(line for line in data.split(b"\r") if line.startswith(b"PID|"))
    numbers = pid.split(b"|")[3].split(b"~")
    return next(one.split(b"^")[0].decode() for one in numbers if one.endswith(b"^PI"))
