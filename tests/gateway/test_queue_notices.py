"""Trust IT is told once when a queue grows and once when it drains; readyz tells ages (H5)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import RequestFactory

from imparts.config import health
from imparts.gateway.actions import tell_of_queues
from imparts.gateway.delivery import Delivery
from imparts.gateway.pretend_record.moods import Mood
from imparts.outbox.models import Message, QueueSaid
from tests.builders import NOON, a_service, staff_with
from tests.gateway.conftest import RunningRecord
from tests.gateway.owing import ANN, Clock, owed

pytestmark = pytest.mark.django_db


def _told() -> list[str]:
    notices = Message.objects.filter(destination="notices").order_by("id")
    return list(notices.values_list("kind", flat=True))


def test_a_queue_that_grew_old_is_told_once_to_everybody_of_trust_it_and_once_when_it_is_empty(
    record: RunningRecord, to_record: Delivery
) -> None:
    service = a_service(with_content=False)
    staff_with("integrator", service), staff_with("integrator", service, username="second.it")
    staff_with("nurse", service)
    now = Clock(NOON)
    owed(ANN, at=NOON)
    record.become(Mood.DOWN)
    for _ in range(20):
        to_record.deliver_due(now=now)
        tell_of_queues(at=now())
        now.pass_seconds(60)
    assert _told() == ["delivery_grew"] * 2
    record.become(Mood.NORMAL)
    for _ in range(3):
        to_record.deliver_due(now=now)
        tell_of_queues(at=now())
        now.pass_seconds(60)
    assert _told() == ["delivery_grew"] * 2 + ["delivery_drained"] * 2


def test_a_queue_that_grew_long_is_told_at_once() -> None:
    staff_with("integrator", a_service(with_content=False))
    for number in range(100):
        owed(UUID(int=number + 1), at=NOON)
    tell_of_queues(at=NOON)
    said = QueueSaid.objects.get()
    assert (said.destination, said.name, said.waiting) == ("record", "grew", 100)
    assert _told() == ["delivery_grew"]


def test_between_grown_and_empty_nothing_is_told_to_and_fro() -> None:
    staff_with("integrator", a_service(with_content=False))
    owed(ANN, at=NOON)
    tell_of_queues(at=NOON + timedelta(minutes=15))
    owed(ANN, at=NOON + timedelta(minutes=14))
    Message.objects.filter(created_at=NOON, destination="record").update(
        state="sent", sent_at=NOON + timedelta(minutes=16)
    )
    tell_of_queues(at=NOON + timedelta(minutes=16))
    assert _told() == ["delivery_grew"]
    assert Message.objects.filter(destination="record", state="waiting").count() == 1


def test_an_ordinary_queue_is_told_to_nobody() -> None:
    staff_with("integrator", a_service(with_content=False))
    owed(ANN, at=NOON)
    assert tell_of_queues(at=NOON + timedelta(minutes=14)) == 0
    assert not QueueSaid.objects.exists()


def test_readyz_tells_the_age_of_the_oldest_of_each_destination(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    owed(ANN, at=NOON)
    monkeypatch.setattr(health.timezone, "now", lambda: NOON + timedelta(seconds=90))
    answer = health.readyz(rf.get("/readyz"))
    assert b'"oldest_unsent_seconds_of": {"record": 90.0}' in answer.content
    assert b'"oldest_unsent_seconds": 90.0' in answer.content
