"""Final submissions per second through the real view over HTTP, beside pgbench."""

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from django.utils import timezone

from imparts.benchmarks.peer import COPIES, Rows, transactions_per_second
from imparts.benchmarks.sessions import signed_in
from imparts.benchmarks.sittings import Ready, make_ready, send
from imparts.benchmarks.stack import Stack, paused
from imparts.benchmarks.timing import Spread, wait_while
from imparts.informatics.questionnaires.models import Answer, Invitation, Response
from imparts.organisations.models import Service
from imparts.outbox.models import Message

AIM = 0.25
WARM_UP = 40
CLIENTS = 4
WORKERS = 2
STREAMS = 200
CONSULTANT = "consultant.rheum"  # every sending is told to every stream of this service


@dataclass(frozen=True, slots=True)
class Submissions:
    """What was measured."""

    per_second: float
    peer_per_second: float
    rows: Rows
    p95_ms: float
    delivered_per_second: float
    watched_per_second: float

    @property
    def ratio(self) -> float:
        """Ours to the peer's; 0.25 is the aim."""
        return self.per_second / self.peer_per_second


def measure(stack: Stack, *, owner_url: str, number: int = 300) -> Submissions:
    """Send `number` finished sittings of twenty answers, then let pgbench write the same rows."""
    service = Service.objects.get(memberships__staff__username=CONSULTANT)
    made = make_ready(service, 2 * number + WARM_UP, at=timezone.now())
    half = WARM_UP + (len(made) - WARM_UP) // 2
    ready, watched = made[:half], made[half:]
    _send_all(stack.port, ready[:WARM_UP])
    with paused(stack, "worker"):  # deliveries are other work, done later; measured below
        began = time.perf_counter()
        seconds = _send_all(stack.port, ready[WARM_UP:])
        took = time.perf_counter() - began
        with _open_streams(stack.port, STREAMS):
            began = time.perf_counter()
            _send_all(stack.port, watched)
            took_watched = time.perf_counter() - began
    rows = _rows_of(ready[-1])
    waiting = Message.objects.filter(state="waiting")
    count, began = waiting.count(), time.perf_counter()
    wait_while(waiting.exists, seconds=300)  # so that the worker does not run beside the peer
    drained = count / (time.perf_counter() - began)
    peer = _peer(rows, owner_url)
    return Submissions(
        per_second=len(seconds) / took,
        peer_per_second=peer,
        rows=rows,
        p95_ms=1000 * Spread.of(seconds).p95,
        delivered_per_second=drained,
        watched_per_second=len(watched) / took_watched,
    )


@contextmanager
def _open_streams(port: int, number: int) -> Iterator[None]:
    """As many open clinic lists, each following its event stream."""
    key = signed_in(CONSULTANT)
    request = f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: sessionid={key}\r\n\r\n"
    opened = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(number)]
    try:
        for each in opened:
            each.sendall(request.encode())
            if not each.recv(64).startswith(b"HTTP/1.1 200"):
                raise RuntimeError("an event stream was not opened")
        yield
    finally:
        for each in opened:
            each.close()


def _send_all(port: int, ready: list[Ready]) -> list[float]:
    """Send each over one of a few kept-open connections; every answer must be the thank-you."""
    lots = [ready[start::CLIENTS] for start in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        took = pool.map(lambda lot: [send(port, each) for each in lot], lots)
        return [seconds for lot in took for seconds in lot]


def _rows_of(ready: Ready) -> Rows:
    """Count what one sending really stored."""
    sent = Invitation.objects.get(submission_id=ready.submission_id)
    responses = list(Response.objects.filter(invitation=sent).values_list("pk", flat=True))
    return Rows(
        responses=len(responses),
        answers=Answer.objects.filter(response_id__in=responses).count(),
        scores=len(responses),
        messages=Message.objects.filter(about__in=responses).count(),
    )


def _peer(rows: Rows, owner_url: str) -> float:
    """Let pgbench write as many rows into copies of the tables, in a schema of their own."""
    facts = Message.objects.order_by("-id").values_list("facts", flat=True)[0]
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("drop schema if exists bench cascade")
        owner.execute("create schema bench")
        for copy, table in COPIES.items():
            owner.execute(f"create table bench.{copy} (like public.{table} including all)")
    return transactions_per_second(
        f"{owner_url}?options=-csearch_path%3Dbench",
        rows,
        clients=WORKERS,
        facts_bytes=len(json.dumps(facts)),
    )
