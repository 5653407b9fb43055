"""What was refused is sent again or given up by a person, with a reason that stays (H5)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from imparts.audit.models import AuditEntry
from imparts.gateway import actions as deliveries
from imparts.outbox import actions as outbox
from imparts.outbox.models import Attempt, Message
from imparts.outbox.queries import refused, trace
from tests.builders import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


def _owe(patient: UUID | None = None) -> Message:
    made = outbox.new_message(
        destination="record", kind="result", patient=patient or uuid4(), about=uuid4(), facts={},
        at=NOON,
    )  # fmt: skip
    outbox.post_all([made])
    return made


def _refused(patient: UUID | None = None) -> Message:
    message = _owe(patient)
    outbox.keep_rendered(message, text="MSH|as it was")
    outbox.mark_refused(message, reason="AR: unknown patient class")
    return message


def test_sent_again_it_waits_to_be_written_anew_under_a_new_id() -> None:
    message = _refused()
    deliveries.send_again(message.pk, by="it", why="class added at the record", at=LATER)
    again = Message.objects.get(pk=message.pk)
    assert (again.state, again.rendered, again.attempts) == ("waiting", "", 0)
    assert again.control_id != message.control_id
    assert not refused("record").exists()


def test_who_decided_and_why_is_kept_and_audited() -> None:
    message = _refused()
    deliveries.send_again(message.pk, by="it", why="class added at the record", at=LATER)
    kept = Attempt.objects.get(message=message.pk)
    assert (kept.outcome, kept.by, kept.words) == (
        "sent_again", "it", "class added at the record"
    )  # fmt: skip
    audited = AuditEntry.objects.get(did="sent a refused message again")
    assert (audited.who, audited.patient, audited.why) == (
        "it", message.patient, "class added at the record"
    )  # fmt: skip


def test_the_old_control_id_still_leads_to_it() -> None:
    message = _refused()
    deliveries.send_again(message.pk, by="it", why="put right", at=LATER)
    found = trace(message.control_id)
    assert found is not None
    assert [one.id for one in found.messages] == [message.pk]


def test_given_up_it_is_sent_no_more_and_says_why() -> None:
    message = _refused()
    deliveries.give_up(message.pk, by="it", why="typed in at the record by hand", at=LATER)
    kept = Message.objects.get(pk=message.pk)
    assert (kept.state, kept.last_error) == ("given_up", "typed in at the record by hand")
    assert outbox.lease_next(destination="record", at=LATER) is None
    assert AuditEntry.objects.filter(did="gave a message up", patient=message.patient).exists()


@pytest.mark.parametrize("decide", [deliveries.send_again, deliveries.give_up])
@pytest.mark.parametrize("why", ["", "   "])
def test_without_a_reason_nothing_is_decided(decide, why: str) -> None:
    message = _refused()
    with pytest.raises(outbox.CannotDecide, match="Say why"):
        decide(message.pk, by="it", why=why, at=LATER)
    assert refused("record").get() == message
    assert not AuditEntry.objects.filter(patient=message.patient).exists()


def test_of_two_who_decide_at_once_the_second_is_told() -> None:
    message = _refused()
    deliveries.give_up(message.pk, by="it", why="typed in by hand", at=LATER)
    with pytest.raises(outbox.CannotDecide, match="given up already"):
        deliveries.send_again(message.pk, by="other.it", why="put right", at=LATER)
    with pytest.raises(outbox.CannotDecide, match="not there any more"):
        deliveries.send_again(10**9, by="it", why="put right", at=LATER)


def test_what_is_sent_or_waits_is_not_sent_again_by_hand() -> None:
    waiting, sent = _owe(), _owe()
    outbox.mark_sent(sent, at=LATER)
    for message, stands in ((waiting, "waiting to be sent already"), (sent, "sent already")):
        with pytest.raises(outbox.CannotDecide, match=stands):
            deliveries.send_again(message.pk, by="it", why="again", at=LATER)


def test_by_policy_a_refused_message_holds_back_later_ones_of_its_patient_and_nobody_else() -> None:
    ann, ben = uuid4(), uuid4()
    first = _refused(ann)
    second, bens = _owe(ann), _owe(ben)
    leased = outbox.lease_many(destination="record", at=LATER, most=10, refusal_blocks_patient=True)
    assert leased == [bens]
    deliveries.give_up(first.pk, by="it", why="typed in by hand", at=LATER)
    assert outbox.lease_many(
        destination="record", at=LATER, most=10, refusal_blocks_patient=True
    ) == [second]


def test_without_that_policy_later_ones_pass() -> None:
    ann = uuid4()
    _refused(ann)
    second = _owe(ann)
    assert outbox.lease_many(destination="record", at=LATER, most=10) == [second]


def test_what_was_leased_and_not_tried_waits_as_before() -> None:
    leased = outbox.lease_many(destination="record", at=LATER, most=10)
    assert leased == []
    message = _owe()
    outbox.give_back(outbox.lease_many(destination="record", at=LATER, most=10))
    again = outbox.lease_next(destination="record", at=LATER)
    assert again == message
    assert again is not None and again.attempts == 1
