"""What is owed reaches the record once and in order, whatever the record does meanwhile (H5)."""

from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from imparts.gateway.by_mllp import ByMllp
from imparts.gateway.delivery import RECORD, Delivery
from imparts.gateway.hl7v2.message import read_message
from imparts.gateway.hl7v2.sender import Sender
from imparts.gateway.pretend_record.moods import Mood
from imparts.outbox.models import Message
from imparts.outbox.queries import next_due_at, refused
from tests.gateway.conftest import PATIENCE, RunningRecord
from tests.gateway.owing import ANN, BEN, START, TO_RECORD, Clock, owed, state


@pytest.mark.django_db
def test_what_is_due_is_sent_in_one_go_and_marked_sent(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    ids = [owed(ANN), owed(BEN), owed(ANN)]
    delivered = to_record.deliver_due(now=now)
    assert (delivered.count, delivered.next_due_at) == (3, None)
    assert record.kept == ids
    assert {state(each) for each in ids} == {"sent"}
    assert Message.objects.get(control_id=ids[0]).sent_at == now()


@pytest.mark.django_db
def test_the_record_reads_our_control_id_and_response_id(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    control_id = owed(ANN)
    to_record.deliver_due(now=now)
    received = read_message(record.entries[0].text)
    assert received.header.text(10) == control_id
    assert received.first("OBR").text(3) == str(Message.objects.get().about)


@pytest.mark.django_db
@pytest.mark.parametrize("mood", [Mood.SILENT, Mood.CLOSES, Mood.LATE, Mood.WRONG_ID, Mood.NOT_NOW])
def test_after_a_failure_the_same_bytes_are_sent_again_after_a_pause(
    mood: Mood, record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    control_id = owed(ANN)
    record.become(mood, times=2)
    assert to_record.deliver_due(now=now).count == 0
    assert state(control_id) == "waiting"
    assert to_record.deliver_due(now=now).count == 0, "not at once"
    assert len(record.entries) == 1
    now.pass_seconds(1)
    assert to_record.deliver_due(now=now).count == 0
    now.pass_seconds(2)
    assert to_record.deliver_due(now=now).count == 1
    assert len({entry.text for entry in record.entries}) == 1
    assert len(record.entries) == 3
    assert record.kept == [control_id]


@pytest.mark.django_db
def test_pauses_grow_to_a_minute_and_no_further(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    owed(ANN)
    record.become(Mood.DOWN)
    pauses = []
    for _ in range(9):
        due = to_record.deliver_due(now=now).next_due_at
        assert due is not None
        pauses.append((due - now()).total_seconds())
        now.at = due
    assert pauses == [1, 2, 4, 8, 16, 32, 59, 59, 59]


@pytest.mark.django_db
def test_pauses_begin_small_again_after_the_record_was_back(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    for _ in range(2):
        record.become(Mood.DOWN)
        owed(ANN)
        assert to_record.deliver_due(now=now).next_due_at == now() + timedelta(seconds=1)
        record.become(Mood.NORMAL)
        now.pass_seconds(1)
        assert to_record.deliver_due(now=now).count == 1


@pytest.mark.django_db
def test_chance_makes_a_pause_a_little_longer(record: RunningRecord, now: Clock) -> None:
    owed(ANN)
    record.become(Mood.DOWN)
    with Sender(record.address, seconds_to_answer=PATIENCE) as sender:
        way = ByMllp(sender)
        due = Delivery(way, TO_RECORD, chance=lambda: 0.25).deliver_due(now=now).next_due_at
    assert due == START + timedelta(seconds=1.25)


@pytest.mark.django_db
def test_a_record_that_is_down_is_asked_once_however_much_waits(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    for number in range(20):
        owed(UUID(int=number + 1))
    record.become(Mood.DOWN)
    for _ in range(10):
        to_record.deliver_due(now=now)
    assert sum(Message.objects.values_list("attempts", flat=True)) == 1
    record.become(Mood.NORMAL)
    now.pass_seconds(1)
    assert to_record.deliver_due(now=now).count == 20


@pytest.mark.django_db
def test_an_hour_without_the_record_costs_about_a_try_a_minute(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    for number in range(5):
        owed(UUID(int=number + 1))
    record.become(Mood.DOWN)
    while now() < START + timedelta(hours=1):
        now.at = to_record.deliver_due(now=now).next_due_at or now()
    assert sum(Message.objects.values_list("attempts", flat=True)) <= 66
    record.become(Mood.NORMAL)
    now.pass_seconds(60)
    assert to_record.deliver_due(now=now).count == 5


@pytest.mark.django_db
def test_a_refusal_is_listed_in_the_records_words_and_blocks_nobody(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    first, second, other = owed(ANN), owed(ANN), owed(BEN)
    record.become(Mood.REFUSES, times=1)
    assert to_record.deliver_due(now=now).count == 2
    assert [(m.control_id, m.last_error) for m in refused(RECORD)] == [
        (first, "AR: This record does not know the patient.")
    ]
    assert set(record.kept) == {second, other}
    assert next_due_at(destination=RECORD) is None


@pytest.mark.django_db
def test_a_patients_messages_stay_in_order_while_others_pass(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    first, second, other = owed(ANN), owed(ANN), owed(BEN)
    record.become(Mood.NOT_NOW, times=1)
    assert to_record.deliver_due(now=now).count == 1
    assert record.kept == [other]
    now.pass_seconds(1)
    assert to_record.deliver_due(now=now).count == 2
    assert record.kept == [other, first, second]


@pytest.mark.django_db
def test_nothing_is_due_for_those_who_wait_behind_another(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    owed(ANN), owed(ANN)
    record.become(Mood.NOT_NOW, times=1)
    delivered = to_record.deliver_due(now=now)
    assert delivered.next_due_at == START + timedelta(seconds=1), "a worker does not spin"


@pytest.mark.django_db
def test_a_result_that_cannot_be_written_is_listed_and_blocks_nobody(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    broken, good = owed(ANN), owed(ANN)
    Message.objects.filter(control_id=broken).update(facts={"version": 99})
    assert to_record.deliver_due(now=now).count == 1
    assert state(broken) == "refused"
    assert "cannot be written: version" in refused(RECORD).get().last_error
    assert record.kept == [good]


@pytest.mark.django_db
def test_through_every_misbehaviour_each_result_arrives_once_and_in_its_patients_order(
    record: RunningRecord, to_record: Delivery, now: Clock
) -> None:
    chosen = Random(7)
    patients = [UUID(int=n) for n in range(1, 7)]
    owed_to: dict[UUID, list[str]] = {patient: [] for patient in patients}
    tried = [mood for mood in Mood if mood not in (Mood.REFUSES, Mood.ACCEPT_REJECT)]
    for mood in tried * 2:
        for patient in chosen.sample(patients, 3):
            owed_to[patient].append(owed(patient))
        record.become(mood, times=chosen.randint(1, 2))
        to_record.deliver_due(now=now)
        now.pass_seconds(60)
    record.become(Mood.NORMAL)
    for _ in range(5):
        to_record.deliver_due(now=now)
        now.pass_seconds(60)
    met = {Mood(each.mood) for each in record.entries}
    assert met == set(tried) - {Mood.DOWN, Mood.EVERY_SECOND}
    for ids in owed_to.values():
        assert [each for each in record.kept if each in ids] == ids
    sent = {(entry.control_id, entry.text) for entry in record.entries}
    assert len(sent) == len(record.kept) == 6 * len(tried), "every resend is the same to the letter"
