"""What the record sends: valid messages through the listener into the database, one at a time.

One connection asks, waits for its answer and asks again, as interface engines do. The messages are
about invented people: a fifth registers somebody, half bring a known one up to date, the others
admit them or change their number. Beside it, in the same run: the server of python-hl7, which
parses each message and answers it and keeps nothing; and what parsing alone costs us, python-hl7
and hl7apy.
"""

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from django.utils import timezone

from imparts.benchmarks.python_hl7 import python_hl7
from imparts.benchmarks.stack import Stack
from imparts.benchmarks.timing import Spread, best, seconds_of
from imparts.demo.places.specialties import FIRST_TRUST
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
    answered: Spread
    peer_per_second: float
    parse_us: float
    hl7_us: float
    hl7apy_us: float


def measure(stack: Stack) -> Inbound:
    """Say the same messages to the listener of the demonstration, and to others."""
    at = f"{timezone.localtime(timezone.now()):%Y%m%d%H%M%S}"
    run = f"{int(time.time()) % 10**7:x}"
    messages = list(_messages(FIRST_TRUST, run=run, at=at, count=_WARM_UP + COUNT))
    port = int(stack.listener.rpartition(":")[2])
    _said(port, messages[:_WARM_UP])
    began = time.perf_counter()
    took = _said(port, messages[_WARM_UP:])
    seconds = time.perf_counter() - began
    return Inbound(
        COUNT / seconds, Spread.of(took), _with_python_hl7(messages[_WARM_UP:]),
        *_parsed(messages[:_PARSED]),
    )  # fmt: skip


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
    with python_hl7() as port:
        return len(messages) / seconds_of(lambda: _said(port, messages))


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
