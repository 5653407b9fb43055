"""Bulk export of a million Observations: asked for by HTTP, written by the worker, fetched.

The demonstration's own scores are copied until a million resources follow from them: the same
answers, services and visits, so that every join that an export makes finds its row. The peer is
PostgreSQL itself writing the bare rows of the same tables as JSON (COPY of row_to_json), which
knows no permission, no wording, no codes and no FHIR: it is the floor, not the same work.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg

from imparts.benchmarks.machines import token_of_a_machine
from imparts.benchmarks.memory import megabytes
from imparts.benchmarks.stack import Stack, descendants
from imparts.gateway.fhir_server.models import ExportJob

AIM = 20_000
RESOURCES = 1_000_000
Manifest = dict[str, Any]  # as it came
_COPIED = """
insert into results_responsescore ({columns})
select {columns} from results_responsescore, generate_series(1, %s) where corrects_id is null
"""
_PEER = "copy (select row_to_json(one) from results_responsescore one) to stdout"


@dataclass(frozen=True, slots=True)
class Export:
    """What was measured, and on how much."""

    resources: int
    written_s: float
    processor_s: float
    fetched_s: float
    megabytes: float
    grew_mb: float
    grew_later_mb: float
    """By how much more was held in the second half than in the first: flat is nothing."""
    most_mb: float
    peer_rows: int
    peer_s: float

    @property
    def per_second(self) -> float:
        """Resources that the worker wrote a second, from taking up the export to its end."""
        return self.resources / self.written_s


def measure(stack: Stack, *, owner_url: str) -> Export:
    """Fill the tables up, ask for every Observation, and fetch every file."""
    _fill_up(owner_url)
    token = token_of_a_machine(stack.port, scopes="system/*.rs")
    with httpx.Client(base_url=f"http://127.0.0.1:{stack.port}", timeout=60) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        asked = client.get("/fhir/$export?_type=Observation", headers={"Prefer": "respond-async"})
        asked.raise_for_status()
        where = asked.headers["Content-Location"].partition("/fhir/")[2]
        worker = _worker(stack)
        before = _processor_s(worker)
        held, manifest = _wait(client, f"/fhir/{where}", worker)
        processor_s = _processor_s(worker) - before
        began = time.perf_counter()
        fetched, lines = _fetch(client, manifest)
        fetched_s = time.perf_counter() - began
    if lines != sum(one["count"] for one in manifest["output"]):
        raise RuntimeError("the files hold another number of lines than the manifest says")
    peer_rows, peer_s = _peer(owner_url)
    return Export(
        resources=lines, written_s=_written_s(where), processor_s=processor_s,
        fetched_s=fetched_s,
        megabytes=fetched / 1e6, grew_mb=max(held) - held[0], grew_later_mb=_later(held),
        most_mb=max(held), peer_rows=peer_rows, peer_s=peer_s,
    )  # fmt: skip


def _fill_up(owner_url: str) -> None:
    with psycopg.connect(owner_url, autocommit=True) as connection:
        there = _count(connection, "results_responsescore where corrects_id is null")
        parts = _count(connection, "results_scorepart")
        each = (there + parts) / there
        # Some people are cared for by nobody any more, so a machine sees them no more: a few more.
        copies = int(1.2 * RESOURCES / each / there) + 1
        found = connection.execute(
            "select string_agg(quote_ident(column_name), ', ') from information_schema.columns"
            " where table_name = 'results_responsescore' and column_name not in"
            " ('id', 'corrects_id')"
        ).fetchone()
        if found is None:
            raise RuntimeError("there is no table of scores")
        connection.execute(_COPIED.format(columns=found[0]), [copies])
        connection.execute("analyze")


def _count(connection: "psycopg.Connection[tuple[int]]", of: str) -> int:
    found = connection.execute(f"select count(*) from {of}").fetchone()
    return found[0] if found else 0


def _worker(stack: Stack) -> list[int]:
    """The worker that writes it, and what it started."""
    first = stack.running("worker")[0]
    return [first, *descendants(first)]


def _processor_s(pids: list[int]) -> float:
    """The processor's time that some programs have taken so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _wait(client: httpx.Client, path: str, worker: list[int]) -> tuple[list[float], Manifest]:
    """Until it is written: what the worker held in megabytes, every half second, and the files."""
    held = [megabytes(worker)]
    while True:
        answer = client.get(path)
        if answer.status_code == 200:
            return held, answer.json()
        if answer.status_code != 202:
            status = answer.status_code
            raise RuntimeError(f"the export ended with status {status}")
        held.append(megabytes(worker))
        time.sleep(0.5)


def _later(held: list[float]) -> float:
    middle = len(held) // 2
    return max(held[middle:]) - max(held[: middle + 1])


def _fetch(client: httpx.Client, manifest: Manifest) -> tuple[int, int]:
    """Bytes and lines of every file, streamed and thrown away."""
    size = lines = 0
    for one in manifest["output"]:
        path = "/fhir/" + one["url"].partition("/fhir/")[2]
        with client.stream("GET", path) as answer:
            answer.raise_for_status()
            for part in answer.iter_bytes(1024 * 1024):
                size += len(part)
                lines += part.count(b"\n")
    return size, lines


def _written_s(where: str) -> float:
    job = ExportJob.objects.get(pk=where.split("/")[1])
    if job.done_at is None or job.began_at is None:
        raise RuntimeError("the export was not written")
    return (job.done_at - job.began_at).total_seconds()


def _peer(owner_url: str) -> tuple[int, float]:
    began, rows = time.perf_counter(), 0
    with (
        psycopg.connect(owner_url) as connection,
        open(os.devnull, "wb") as nowhere,
        connection.cursor().copy(_PEER) as copied,
    ):
        for part in copied:
            nowhere.write(part)
            rows += bytes(part).count(b"\n")
    return rows, time.perf_counter() - began
