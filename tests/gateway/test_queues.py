"""Each destination has threads of its own: one that is dead delays no other (H5)."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from imparts.gateway.queues import Queues
from imparts.outbox import actions as outbox
from imparts.outbox.destination import Destination
from imparts.outbox.models import Message
from imparts.outbox.queries import destination
from tests.gateway.mllp_chaos import Chaos
from tests.gateway.samples import a_phq9
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dead() -> Iterator[Chaos]:
    running = Chaos()
    running.behave("hang")
    yield running
    running.stop()


@pytest.fixture
def alive() -> Iterator[Chaos]:
    running = Chaos()
    yield running
    running.stop()


@pytest.fixture
def queues() -> Iterator[Queues]:
    stop = threading.Event()
    made = Queues(now=timezone.now, is_told_to_stop=stop.is_set)
    yield made
    stop.set()
    made.join()


def _at(chaos: Chaos, code: str = "other", **as_set: Any) -> Destination:
    to = Destination(code, code, "mllp", "oru", f"127.0.0.1:{chaos.port}")
    to = replace(to, **as_set)
    outbox.set_destination(to, by="it", why="test", at=timezone.now())
    return to


def _owe(code: str, number: int = 1) -> None:
    outbox.post_all(
        [
            outbox.new_message(
                destination=code, kind="result", patient=UUID(int=each), about=UUID(int=each),
                facts=a_phq9().to_json(), at=timezone.now(),
            )
            for each in range(1, number + 1)
        ]
    )  # fmt: skip


def _waiting(code: str) -> int:
    return Message.objects.filter(destination=code, state="waiting").count()


def _until(is_so: Callable[[], bool]) -> None:
    until(is_so)
    connection.close()


def test_one_dead_destination_delays_no_result_to_another(
    dead: Chaos, alive: Chaos, queues: Queues, settings: Settings
) -> None:
    settings.IMPARTS_RECORD_MLLP = f"127.0.0.1:{dead.port}"
    _at(alive)
    _owe("record", 20)
    queues.look()
    _until(lambda: dead.ledger != [])
    for _ in range(3):
        _owe("other", 5)
        began = time.monotonic()
        queues.look()
        _until(lambda: _waiting("other") == 0)
        assert time.monotonic() - began < 9, "less than the dead one is waited for"
    assert _waiting("record") == 20


def test_what_is_paused_waits_and_goes_when_it_is_taken_up_again(
    alive: Chaos, queues: Queues
) -> None:
    to = _at(alive, is_paused=True)
    _owe("other", 3)
    for _ in range(3):
        queues.look()
        time.sleep(0.05)
    assert (_waiting("other"), alive.connects) == (3, 0)
    outbox.set_destination(replace(to, is_paused=False), by="it", why="on", at=timezone.now())
    queues.look()
    _until(lambda: _waiting("other") == 0)


def test_a_changed_address_is_used_from_the_next_round(
    dead: Chaos, alive: Chaos, queues: Queues
) -> None:
    to = _at(dead)
    queues.look()
    moved = replace(to, address=f"127.0.0.1:{alive.port}")
    outbox.set_destination(moved, by="it", why="moved", at=timezone.now())
    _owe("other", 3)
    queues.look()
    _until(lambda: _waiting("other") == 0)
    assert len(alive.kept()) == 3


def test_several_connections_send_at_once_and_keep_each_patients_order(
    alive: Chaos, queues: Queues
) -> None:
    alive.answers_after = 0.02
    _at(alive, connections=3)
    for _ in range(2):
        _owe("other", 60)
    queues.look()
    _until(lambda: _waiting("other") == 0)
    assert alive.connects == 3
    ids = dict(Message.objects.values_list("control_id", "id"))
    mine: dict[UUID, list[int]] = {}
    patients = dict(Message.objects.values_list("control_id", "patient"))
    for one in alive.kept():
        mine.setdefault(patients[one.control_id], []).append(ids[one.control_id])
    assert len(mine) == 60
    assert all(sent == sorted(sent) and len(sent) == 2 for sent in mine.values())


def test_an_address_that_cannot_be_read_is_said_and_holds_up_nobody_else(
    alive: Chaos, queues: Queues, caplog: pytest.LogCaptureFixture
) -> None:
    _at(alive, code="broken", address="nowhere")
    _at(alive)
    _owe("broken"), _owe("other")
    queues.look()
    _until(lambda: _waiting("other") == 0)
    assert "broken cannot be used" in caplog.text
    assert destination("broken") is not None and _waiting("broken") == 1


def test_a_worker_that_is_told_to_stop_gives_back_what_it_has_not_tried(alive: Chaos) -> None:
    stop = threading.Event()
    queues = Queues(now=timezone.now, is_told_to_stop=stop.is_set)
    alive.answers_after = 0.2
    _at(alive)
    _owe("other", 20)
    queues.look()
    _until(lambda: len(alive.ledger) >= 2)
    stop.set()
    queues.join()
    left = Message.objects.filter(destination="other", state="waiting")
    assert 0 < left.count() < 19
    assert not left.filter(leased_until__isnull=False).exists()
