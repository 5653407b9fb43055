"""A worker that dies loses nothing: its lease ends, and the same message is sent again (H5)."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection

from imparts.gateway.delivery import LEASE_SECONDS, RECORD, Delivery
from imparts.gateway.outcomes import Outcome, Told
from imparts.outbox import actions as outbox
from imparts.outbox.destination import Destination
from imparts.outbox.models import Message
from tests.gateway.conftest import RunningRecord
from tests.gateway.owing import ANN, LEASE, START, TO_RECORD, Clock, owed, state


@pytest.mark.django_db
def test_a_lease_that_a_dead_worker_left_ends_by_itself(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    control_id = owed(ANN)
    dead = outbox.lease_next(destination=RECORD, at=now(), seconds=LEASE_SECONDS)
    assert dead is not None
    delivered = to_record.deliver_due(now=now)
    assert (delivered.count, delivered.next_due_at) == (0, START + LEASE)
    now.at = START + LEASE + timedelta(seconds=1)
    assert to_record.deliver_due(now=now).count == 1
    assert record.kept == [control_id]


@pytest.mark.django_db
def test_a_worker_killed_after_sending_makes_another_send_the_same_and_the_record_knows(
    record: RunningRecord, to_record: Delivery, now: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    control_id = owed(ANN)
    with monkeypatch.context() as killed:
        killed.setattr(outbox, "settle_all", _killed_after_sending)
        with pytest.raises(KeyboardInterrupt):
            to_record.deliver_due(now=now)
    assert state(control_id) == "waiting"
    now.pass_seconds(LEASE_SECONDS + 1)
    assert to_record.deliver_due(now=now).count == 1
    assert [entry.is_repeat for entry in record.entries] == [False, True]
    assert record.kept == [control_id]


def _killed_after_sending(tried: Sequence[object]) -> None:
    if tried:
        raise KeyboardInterrupt


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_record_thinks(now: Clock) -> None:
    owed(ANN)
    seen: list[bool] = []

    class Watching:
        longest = 1.0

        def write(self, message: Message, destination: Destination) -> str:
            return "MSH|"

        def send(self, text: str, *, control_id: str) -> Told:
            seen.append(connection.in_atomic_block)
            return Told(Outcome.TAKEN)

        def close(self) -> None:
            pass

    Delivery(Watching(), TO_RECORD).deliver_due(now=now)
    assert seen == [False]
