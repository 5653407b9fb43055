"""Kill -9 of web, worker and PostgreSQL while patients send: nothing is lost or doubled (H10)."""

import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from imparts.benchmarks.stack import Stack
from tests.demonstrations import demonstration
from tests.faults.in_stack import BOOK, JUDGE, ask
from tests.faults.patients import Patient

pytestmark = pytest.mark.faults
PATIENTS = 24
BROWSERS = 3


def _postmaster(stack: Stack) -> list[int]:
    for file in (stack.data / "postgres").rglob("postmaster.pid"):
        return [int(file.read_text().split()[0])]
    return []


class Killer(threading.Thread):
    """Kills one process after another, with a pause in which the stack may mend itself."""

    def __init__(self, stack: Stack) -> None:
        super().__init__(daemon=True)
        self.stack = stack
        self.killed: list[str] = []
        self.done = threading.Event()

    def run(self) -> None:
        """Web, worker and PostgreSQL in turn until told to stop."""
        chance = random.Random(5)
        turns = ["web", "worker", "postgres", "web", "postgres", "worker"]
        while not self.done.wait(chance.uniform(1.5, 3.0)):
            kind = turns[len(self.killed) % len(turns)]
            for pid in self._victims(kind):
                os.kill(pid, signal.SIGKILL)
                self.killed.append(kind)
                break

    def _victims(self, kind: str) -> list[int]:
        if kind == "postgres":
            return _postmaster(self.stack)
        # The last process of the web is one that answers pages, not the one that looks after them.
        return self.stack.running("serve" if kind == "web" else "worker")[::-1]


def test_every_acknowledged_sending_is_there_once_with_its_alert_and_messages() -> None:
    with demonstration() as stack:
        people = ask(stack, BOOK.format(number=PATIENTS))
        assert len(people) == PATIENTS
        killer = Killer(stack)
        killer.start()
        patients = [Patient(stack.port, person) for person in people]
        with ThreadPoolExecutor(BROWSERS) as browsers:
            list(browsers.map(lambda p: p.answer_everything(reception="reception.rheum"), patients))
        while len(killer.killed) < 5:
            time.sleep(0.5)
        killer.done.set()
        killer.join()
        said = _once_the_record_has_all(stack, people)

    assert {"web", "worker", "postgres"} <= set(killer.killed)
    assert all(patient.thanked and patient.sent_twice for patient in patients)
    for one in said.values():
        assert one["sent"]
        assert len(one["responses"]) == len(set(one["responses"])) >= 3
        assert one["scores"] == one["messages"] == one["in_record"] == len(one["responses"])
        assert one["entries"] == 1
        assert one["alerts"] == 1


def _once_the_record_has_all(stack: Stack, people: list[str]) -> dict[str, dict]:
    until = time.monotonic() + 90
    while True:
        said = ask(stack, JUDGE.format(people=people))
        if all(one["in_record"] == len(one["responses"]) for one in said.values()):
            return said
        if time.monotonic() > until:
            return said
        time.sleep(1)
