"""The outbox: in order for one patient, never held up for another, never lost with a worker."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from imparts.outbox import actions as outbox
from imparts.outbox.models import Message
from imparts.outbox.queries import in_record_since, oldest_waiting_seconds
from tests.builders import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(seconds=5)


def _owe(patient: UUID, about: UUID | None = None) -> Message:
    message = outbox.new_message(
        destination="record", kind="ORU^R01", patient=patient, about=about or uuid4(), facts={},
        at=NOON,
    )  # fmt: skip
    outbox.post_all([message])
    return message


def test_a_patients_second_message_waits_for_the_first_while_others_pass() -> None:
    ann, ben = uuid4(), uuid4()
    first, second, bens = _owe(ann), _owe(ann), _owe(ben)
    taken = outbox.lease_next(destination="record", at=LATER)
    assert taken == first
    outbox.retry_later(first, next_attempt_at=LATER + timedelta(minutes=1), reason="down")
    assert outbox.lease_next(destination="record", at=LATER) == bens
    assert outbox.lease_next(destination="record", at=LATER) is None
    outbox.mark_sent(first, at=LATER)
    assert outbox.lease_next(destination="record", at=LATER) == second


def test_a_lease_that_runs_out_is_taken_by_another_worker() -> None:
    message = _owe(uuid4())
    assert outbox.lease_next(destination="record", at=LATER, seconds=30) == message
    assert outbox.lease_next(destination="record", at=LATER + timedelta(seconds=29)) is None
    assert outbox.lease_next(destination="record", at=LATER + timedelta(seconds=31)) == message


def test_what_was_sent_is_never_marked_again() -> None:
    message = _owe(uuid4())
    outbox.mark_sent(message, at=LATER)
    outbox.mark_refused(message, reason="too late")
    assert Message.objects.get(pk=message.pk).state == Message.State.SENT


def test_the_record_has_a_sitting_only_when_it_has_all_of_it() -> None:
    patient, a, b = uuid4(), uuid4(), uuid4()
    first, second = _owe(patient, a), _owe(patient, b)
    outbox.mark_sent(first, at=LATER)
    assert in_record_since([a, b]) is None
    outbox.mark_sent(second, at=LATER + timedelta(seconds=1))
    assert in_record_since([a, b]) == LATER + timedelta(seconds=1)


def test_the_age_of_the_oldest_is_what_is_told() -> None:
    assert oldest_waiting_seconds(at=NOON) == 0
    _owe(uuid4())
    assert oldest_waiting_seconds(at=LATER) == 5
