"""What the record sends: valid messages through the listener into the database, one at a time.

One connection asks, waits for its answer and asks again, as interface engines do. The messages are
about invented people: a fifth registers somebody, half bring a known one up to date, the others
admit them or change their number. Beside it, in the same run: the server of python-hl7, which
parses each message and answers it and keeps nothing; and what parsing alone costs us, python-hl7
and hl7apy.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from imparts.benchmarks.stack import Stack
from imparts.benchmarks.timing import best
from imparts.gateway.hl7v2.acknowledgement import read_acknowledgement
from imparts.gateway.hl7v2.frames import FrameReader, frame
from imparts.gateway.hl7v2.message import read_message

COUNT = 3000
AIM_PER_SECOND, LIMIT_MS = 300, 100
_WARM_UP, _PARSED = 200, 500
_FAMILIES = ("Quillfeather", "Quillfeather-Ash", "Thimblewick")
_HEADER = (
    "MSH|^~\\&|PRETEND|{facility}|IMPARTS|{facility}|{at}||{kind}|{id}|P|2.5.1"
    "|||||GBR|UNICODE UTF-8"
)
_PERSON = (
    "PID|1||{number}^^^{facility}^MR||{family}^Anwen^^^^^L||19610314|F|||"
    "4 Weir Lane^^Fernhollow^^FH1 2AB^GBR||||||||||||A"
)
_STAY = "PV1|1|I|Juniper^B^4^{facility}|||||||||||||||V{id}|||||||||||||||||||||||||{at}"


@dataclass(frozen=True, slots=True)
class Inbound:
    """What was measured."""

    per_second: float
    p50_ms: float
    p95_ms: float
    worst_ms: float
    peer_per_second: float
    parse_us: float
    hl7_us: float
    hl7apy_us: float


def measure(stack: Stack) -> Inbound:
    """Say the same messages to the listener of the demonstration, and to others."""
    from django.utils import timezone

    from imparts.demo.places.specialties import FIRST_TRUST

    at = f"{timezone.localtime(timezone.now()):%Y%m%d%H%M%S}"
    run = f"{int(time.time()) % 10**7:x}"
    messages = list(_messages(FIRST_TRUST, run=run, at=at, count=_WARM_UP + COUNT))
    port = _port_of_listener(stack)
    _said(port, messages[:_WARM_UP])
    began = time.perf_counter()
    took = sorted(_said(port, messages[_WARM_UP:]))
    seconds = time.perf_counter() - began
    return Inbound(
        COUNT / seconds, took[COUNT // 2] * 1000, took[int(COUNT * 0.95)] * 1000, took[-1] * 1000,
        _with_python_hl7(messages[_WARM_UP:]), *_parsed(messages[:_PARSED]),
    )  # fmt: skip


def _port_of_listener(stack: Stack) -> int:
    """From the surroundings of its process: the demonstration chose the port."""
    for pid in stack.processes():
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if b"listen" in words:
            around = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
            named = next(each for each in around if each.startswith(b"IMPARTS_LISTEN_MLLP="))
            return int(named.rpartition(b":")[2])
    raise RuntimeError("the demonstration has no listener")


def _messages(facility: str, *, run: str, at: str, count: int) -> Iterator[bytes]:
    chance, known = Random(2026), [f"{run}-0"]
    for place in range(count):
        draw = chance.random()
        kind, last, number = "ADT^A08^ADT_A01", "PV1|1|O", chance.choice(known)
        if place == 0 or draw < 0.2:
            kind, last, number = "ADT^A28^ADT_A05", "PV1|1|N", f"{run}-{place}"
            known.append(number)
        elif draw > 0.85:
            kind, last = "ADT^A01^ADT_A01", _STAY
        elif draw > 0.7:
            kind, last = "ADT^A31^ADT_A05", "PV1|1|N"
        event = kind[4:7]
        segments = (_HEADER, f"EVN|{event}|{{at}}", _PERSON, last)
        told = {
            "facility": facility, "at": at, "kind": kind, "id": f"{run}{place}", "number": number,
            "family": chance.choice(_FAMILIES),
        }  # fmt: skip
        yield "".join(f"{segment.format(**told)}\r" for segment in segments).encode()


def _said(port: int, messages: list[bytes]) -> list[float]:
    """Say them one after another; the seconds until each was answered."""
    took = []
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for message in messages:
            began = time.perf_counter()
            line.sendall(frame(message))
            answer = _answer(line)
            took.append(time.perf_counter() - began)
            said = read_acknowledgement(read_message(answer.decode()))
            if said.code != "AA":
                raise RuntimeError(f"a valid message was answered {said.code}: {said.words}")
    return took


def _answer(line: socket.socket) -> bytes:
    frames = FrameReader()
    while not (answers := frames.feed(line.recv(65536))):
        pass
    return answers[0]


def _with_python_hl7(messages: list[bytes]) -> float:
    """Messages a second that python-hl7's own server answers, keeping nothing."""
    started, port = threading.Event(), [0]
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        from hl7.mllp import start_hl7_server

        server = await start_hl7_server(_thank, "127.0.0.1", 0, encoding="utf-8")
        port[0] = server.sockets[0].getsockname()[1]
        started.set()

    thread = threading.Thread(target=lambda: (loop.create_task(serve()), loop.run_forever()))
    thread.start()
    started.wait(10)
    began = time.perf_counter()
    _said(port[0], messages)
    seconds = time.perf_counter() - began
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0.2), loop).result()  # it sees us hang up
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    return len(messages) / seconds


async def _thank(reader: Any, writer: Any) -> None:
    """Its reader and writer have no types of their own."""
    try:
        while True:
            message = await reader.readmessage()
            writer.writemessage(message.create_ack())
            await writer.drain()
    except asyncio.IncompleteReadError:
        writer.close()


def _parsed(messages: list[bytes]) -> tuple[float, float, float]:
    """Microseconds to parse one message: we, python-hl7, hl7apy."""
    import hl7
    from hl7apy.parser import parse_message

    texts = [message.decode() for message in messages]
    few = texts[: len(texts) // 10]
    return (
        _each(lambda: [read_message(text) for text in texts], len(texts)),
        _each(lambda: [hl7.parse(text) for text in texts], len(texts)),
        _each(lambda: [parse_message(text) for text in few], len(few)),
    )


def _each(work: Callable[[], object], count: int) -> float:
    return best(work) / count * 1e6
