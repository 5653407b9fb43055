"""Delivery: acknowledged results a second, and how long from sending to acknowledgement.

The first figure is one connection to a receiver that takes everything at once, through the tables:
leased, written, kept, sent, acknowledged, written down. Beside it, in the same run, python-hl7's
client sends the same texts over one connection to the same receiver, from memory, keeping nothing.
The second is the whole way: patients press Send at a steady pace, and the demonstration's own
worker delivers every result to both ways into its pretend record, HL7 v2 and FHIR.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID, uuid4

from django.utils import timezone

from imparts.benchmarks.sittings import Ready, make_ready, send
from imparts.benchmarks.stack import Stack, paused
from imparts.benchmarks.submissions import CONSULTANT
from imparts.benchmarks.timing import Spread, wait_while
from imparts.gateway.delivery import Delivery
from imparts.gateway.ways import open_way
from imparts.organisations.models import Service
from imparts.outbox.actions import new_message, post_all
from imparts.outbox.destination import RECORD, RECORD_FHIR, RESULT, Destination
from imparts.outbox.models import Message
from imparts.rules.record import invented
from imparts.rules.record.result_facts import ResultFacts

COUNT, PATIENTS = 5000, 1000
AIM_PER_SECOND, LIMIT_MS, DRAIN_LIMIT_S = 500, 250, 300
BACKLOG = 1000
PACE, SENDINGS, WARM_UP = 20, 200, 20
_FAST = "bench"
_CLIENTS = 4


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What was measured."""

    per_second: float
    peer_per_second: float
    backlog_s: float
    acknowledged: Mapping[str, Spread]
    """By destination: from the sending to the acknowledgement of each of its messages."""
    messages: int


def measure(stack: Stack) -> Deliveries:
    """Deliver to a fast receiver, then follow real sendings through the worker."""
    service = Service.objects.get(memberships__staff__username=CONSULTANT)
    ready = make_ready(service, WARM_UP + SENDINGS, at=timezone.now())
    _send_at_pace(stack.port, ready[:WARM_UP])
    after = _acknowledged_after(stack.port, ready[WARM_UP:])
    with paused(stack, "worker"), _fast_receiver() as port:
        backlog_s = _deliver(BACKLOG, port)
        seconds = _deliver(COUNT, port)
        peer = _peer(port)
    spread = {to: Spread.of(waits) for to, waits in after.items()}
    return Deliveries(COUNT / seconds, peer, backlog_s, spread, sum(map(len, after.values())))


@contextmanager
def _fast_receiver() -> Iterator[int]:
    program = [sys.executable, "-m", "imparts.benchmarks.fast_receiver"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def _deliver(count: int, port: int) -> float:
    """Owe so many results and deliver them all; the seconds of delivering."""
    _owe(count)
    to = Destination(_FAST, "Fast receiver", "mllp", "oru", f"127.0.0.1:{port}")
    delivery = Delivery(open_way(to), to)
    taken, began = 0, time.perf_counter()
    while taken < count:
        taken += delivery.deliver_due(now=timezone.now).count
    took = time.perf_counter() - began
    delivery.close()
    return took


def _owe(count: int) -> None:
    """Several each to as many invented people, so that the order of each has to be kept."""
    whole, at = invented.a_result(), timezone.now()
    for first in range(0, count, 500):
        post_all([_one(whole, number, at) for number in range(first, min(first + 500, count))])


def _one(whole: ResultFacts, number: int, at: datetime) -> Message:
    about = uuid4()
    return new_message(
        destination=_FAST, kind=RESULT, patient=UUID(int=number % PATIENTS + 1), about=about,
        facts=replace(whole, response_id=str(about)).to_json(), at=at,
    )  # fmt: skip


def _peer(port: int) -> float:
    """The same texts by python-hl7's client, which keeps nothing."""
    from hl7.client import MLLPClient

    sent = Message.objects.filter(destination=_FAST).order_by("-id")
    texts = list(islice(sent.values_list("rendered", flat=True), COUNT))
    began = time.perf_counter()
    with MLLPClient("127.0.0.1", port) as client:
        for text in texts:
            if b"MSA|AA" not in client.send_message(text):
                raise RuntimeError("the fast receiver did not acknowledge")
    return len(texts) / (time.perf_counter() - began)


def _acknowledged_after(port: int, ready: list[Ready]) -> dict[str, list[float]]:
    """Send at a steady pace; for each message of each destination the seconds until it had it."""
    last = Message.objects.order_by("-id").values_list("pk", flat=True).first() or 0
    _send_at_pace(port, ready)
    mine = Message.objects.filter(destination__in=(RECORD, RECORD_FHIR), pk__gt=last)
    wait_while(mine.filter(state="waiting").exists, seconds=60)
    if mine.filter(state="waiting").exists():
        raise RuntimeError("messages still wait a minute after the last sending")
    found: dict[str, list[float]] = {}
    sent = mine.filter(state="sent").order_by("destination")
    for to, created_at, sent_at in sent.values_list("destination", "created_at", "sent_at"):
        if sent_at:
            found.setdefault(to, []).append((sent_at - created_at).total_seconds())
    return found


def _send_at_pace(port: int, ready: list[Ready]) -> None:
    """So many a second, each over a connection of its own."""
    begin = time.monotonic()
    with ThreadPoolExecutor(_CLIENTS) as pool:
        places = range(len(ready))
        list(pool.map(lambda place: _send_at(port, ready[place], begin + place / PACE), places))


def _send_at(port: int, one: Ready, due: float) -> None:
    time.sleep(max(0.0, due - time.monotonic()))
    send(port, one)
