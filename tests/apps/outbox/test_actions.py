"""The outbox: in order for one patient, never held up for another, never lost with a worker."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from imparts.outbox import actions as outbox
from imparts.outbox.models import Message
from imparts.outbox.queries import given_up, in_record_since, oldest_waiting_seconds, standing
from tests.builders import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(seconds=5)


def _owe(patient: UUID, about: UUID | None = None) -> Message:
    message = outbox.new_message(
        destination="record", kind="result", patient=patient, about=about or uuid4(), facts={},
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


def test_several_of_one_patient_are_taken_in_order_and_never_over_a_gap() -> None:
    ann, ben = uuid4(), uuid4()
    first, second, third, bens = _owe(ann), _owe(ann), _owe(ann), _owe(ben)
    outbox.retry_later(second, next_attempt_at=LATER + timedelta(minutes=1), reason="once before")
    leased = outbox.lease_many(destination="record", at=LATER, most=10, run=10)
    assert leased == [first, bens], "the third may not pass the second"
    outbox.give_back(leased)
    later = LATER + timedelta(minutes=2)
    leased = outbox.lease_many(destination="record", at=later, most=10, run=10)
    assert leased == [first, second, third, bens]
    assert outbox.lease_many(destination="record", at=later, most=10, run=10) == []


def test_no_more_of_one_patient_are_taken_than_are_asked_for() -> None:
    ann = uuid4()
    owed = [_owe(ann) for _ in range(4)]
    assert outbox.lease_many(destination="record", at=LATER, most=10, run=2) == owed[:2]


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
    assert oldest_waiting_seconds("record", at=NOON) == 0
    _owe(uuid4())
    assert oldest_waiting_seconds("record", at=LATER) == 5


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=400)])
def test_what_waits_for_a_moment_that_a_wrong_clock_set_is_due(ahead: timedelta) -> None:
    """The clock stood an hour ahead, a try failed, and the clock was put right."""
    message = _owe(uuid4())
    outbox.lease_next(destination="record", at=NOON + ahead)
    outbox.retry_later(message, next_attempt_at=NOON + ahead, reason="down")
    assert outbox.lease_next(destination="record", at=LATER) == message
    outbox.lease_next(destination="record", at=NOON + ahead, seconds=30)
    assert outbox.lease_next(destination="record", at=LATER) == message, "and so is its lease"


def test_an_ordinary_pause_is_kept() -> None:
    message = _owe(uuid4())
    outbox.retry_later(message, next_attempt_at=LATER + timedelta(minutes=1), reason="down")
    assert outbox.lease_next(destination="record", at=LATER) is None


def test_a_notice_holds_ids_and_no_patient() -> None:
    notice = outbox.new_notice(
        kind="alert_called", staff=7, service=3, alert=12, rung="deputy", at=NOON
    )
    assert notice.destination == "notices"
    assert notice.facts == {"staff": 7, "service": 3, "alert": 12, "rung": "deputy"}
    assert notice.patient == notice.about, "an id of its own, behind which nothing waits"


def test_a_message_becomes_others_once() -> None:
    first, parts = _owe(uuid4()), [_new("notices.email"), _new("notices.sms")]
    outbox.becomes(first, parts, at=LATER)
    outbox.becomes(first, [_new("notices.email")], at=LATER)
    assert Message.objects.get(pk=first.pk).state == Message.State.SENT
    assert standing("notices.email", "notices.sms").waiting == 2


def test_what_is_given_up_is_kept_with_its_reason() -> None:
    message = _owe(uuid4())
    outbox.give_up(message, reason="nothing to do any more")
    assert [m.last_error for m in given_up("record", since=NOON)] == ["nothing to do any more"]
    assert standing("record").waiting == 0


def test_how_things_stand_counts_one_destination_and_says_what_is_in_the_way() -> None:
    _owe(uuid4())
    second = _owe(uuid4())
    outbox.retry_later(second, next_attempt_at=LATER, reason="the record does not answer")
    found = standing("record")
    assert (found.waiting, found.oldest_at) == (2, NOON)
    assert found.last_error == "the record does not answer"
    assert standing("notices").waiting == 0


def _new(destination: str) -> Message:
    return outbox.new_message(
        destination=destination, kind="alert_called", patient=uuid4(), about=uuid4(), facts={},
        at=NOON,
    )  # fmt: skip
