"""Kill -9 of the worker at random: each result arrives once, and in its patient's order (H5)."""

import json
import os
import random
import signal
import time
from pathlib import Path

import pytest

from imparts.benchmarks.stack import Stack
from tests.demonstrations import demonstration
from tests.faults.in_stack import ask

pytestmark = [pytest.mark.faults, pytest.mark.prove]  # minutes; test_kills.py stays in CI
RESULTS, PEOPLE, KILLS = 300, 25, 12
PATIENCE_SECONDS = 150

OWE = """
from dataclasses import replace
from uuid import uuid4
from imparts.outbox import actions as outbox
from imparts.rules.record import invented
patients = list(Patient.objects.order_by("pk").values_list("pk", flat=True)[:{people}])
at = timezone.now()
made = []
for number in range({results}):
    patient, about = patients[number % len(patients)], uuid4()
    whole = invented.a_result()
    facts = replace(whole, response_id=str(about),
                    patient=replace(whole.patient, id=str(patient)))
    made += outbox.owed(kind="result", patient=patient, about=about, facts=facts.to_json(),
                        service=None, at=at)
outbox.post_all(made)
print(json.dumps([[m.control_id, str(m.patient)] for m in made if m.destination == "record"]))
"""

LEFT = """
ids = json.loads({ids!r})
waiting = Message.objects.filter(control_id__in=ids).exclude(state="sent")
print(json.dumps(waiting.count()))
"""


def _ledger(stack: Stack) -> list[dict]:
    [file] = (stack.data / "pretend-record").glob("**/ledger.jsonl")
    lines = Path(file).read_text(encoding="utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


def _kill_workers(stack: Stack) -> int:
    chance, killed = random.Random(5), 0
    while killed < KILLS:
        time.sleep(chance.uniform(0.2, 1.5))
        for pid in stack.running("worker"):
            os.kill(pid, signal.SIGKILL)
            killed += 1
    return killed


def test_a_worker_killed_at_random_loses_and_doubles_nothing_and_keeps_the_order() -> None:
    with demonstration() as stack:
        owed = ask(stack, OWE.format(results=RESULTS, people=PEOPLE))
        assert _kill_workers(stack) >= KILLS
        ids = json.dumps([control_id for control_id, _ in owed])
        until = time.monotonic() + PATIENCE_SECONDS
        while (left := ask(stack, LEFT.format(ids=ids))) and time.monotonic() < until:
            time.sleep(1)
        entries = _ledger(stack)

    assert left == 0
    mine = {control_id for control_id, _ in owed}
    entries = [entry for entry in entries if entry["control_id"] in mine]
    kept = [e["control_id"] for e in entries if e["is_kept"] and not e["is_repeat"]]
    assert sorted(kept) == sorted(mine), "each was stored once"
    assert len({(e["control_id"], e["text"]) for e in entries}) == RESULTS, "resends are the same"
    for patient in {patient for _, patient in owed}:
        in_order = [control_id for control_id, whose in owed if whose == patient]
        assert [one for one in kept if one in in_order] == in_order
