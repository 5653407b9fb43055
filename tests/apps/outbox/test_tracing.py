"""One result is traced from answer to acknowledgement by any id, and a day is 96 bars."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from imparts.outbox import actions as outbox
from imparts.outbox.actions import Outcome, Tried
from imparts.outbox.models import Message
from imparts.outbox.queries import bars, trace, traces_of
from tests.builders import NOON

pytestmark = pytest.mark.django_db


def _owe(at: datetime = NOON, sitting: object = None, **of: object) -> Message:
    made = outbox.new_message(
        destination="record", kind="result", patient=uuid4(), about=uuid4(), facts={}, at=at,
        sitting=sitting,
    )  # fmt: skip
    for name, value in of.items():
        setattr(made, name, value)
    outbox.post_all([made])
    return made


def _try(message: Message, outcome: Outcome, at: datetime, words: str = "") -> None:
    ended = at + timedelta(milliseconds=213)
    again = None if outcome == Outcome.TAKEN else ended + timedelta(seconds=1)
    outbox.settle_all([Tried(message, outcome, at, ended, words, again)])


def test_every_step_is_told_to_the_millisecond_with_the_pause_before_it() -> None:
    message = _owe()
    _try(message, Outcome.NO_ANSWER, NOON + timedelta(milliseconds=173), "no answer within 10 s")
    _try(message, Outcome.TAKEN, NOON + timedelta(milliseconds=2000), "AA")
    found = trace(message.control_id)
    assert found is not None
    [traced] = found.messages
    said = [(s.name, s.after and s.after.total_seconds(), s.words) for s in traced.steps]
    assert said == [
        ("owed", None, ""),
        ("sent", 0.173, ""),
        ("no_answer", 0.213, "no answer within 10 s"),
        ("sent", 1.614, ""),
        ("taken", 0.213, "AA"),
    ]
    assert (traced.state, traced.next_attempt_at) == ("sent", None)


def test_by_response_and_by_sitting_every_message_is_found() -> None:
    sitting = uuid4()
    first, second = _owe(sitting=sitting), _owe(sitting=sitting)
    _owe()
    by_response, by_sitting = trace(str(first.about)), trace(f"  {str(sitting).upper()} ")
    assert by_response is not None and by_sitting is not None
    assert [one.id for one in by_response.messages] == [first.pk]
    assert [one.id for one in by_sitting.messages] == [first.pk, second.pk]


@pytest.mark.parametrize("text", ["", "  ", "nothing", "'; drop table", "9" * 400, "\u00e9"])
def test_what_nothing_has_leads_to_nothing(text: str) -> None:
    _owe()
    assert trace(text) is None


def test_one_that_waits_says_behind_how_many_and_until_when() -> None:
    patient = uuid4()
    _owe(patient=patient)
    second = _owe(patient=patient)
    found = trace(second.control_id)
    assert found is not None
    assert (found.messages[0].behind, found.messages[0].next_attempt_at) == (1, NOON)


def test_the_newest_messages_of_somebody_come_first() -> None:
    patient = uuid4()
    first, second = _owe(patient=patient), _owe(patient=patient)
    _owe()
    assert [one.id for one in traces_of([patient])] == [second.pk, first.pk]


def test_a_day_is_96_quarters_and_the_last_is_the_present_one() -> None:
    for minutes in (0, 14, 15):
        outbox.mark_sent(_owe(), at=NOON + timedelta(minutes=minutes))
    outbox.mark_sent(_owe(), at=NOON - timedelta(hours=23, minutes=50))
    drawn = bars("record", until=NOON + timedelta(minutes=16))
    assert len(drawn) == 96
    assert (drawn[-1].begins_at, drawn[-1].sent) == (NOON + timedelta(minutes=15), 1)
    assert (drawn[-2].sent, sum(bar.sent for bar in drawn)) == (2, 3)


def test_an_outage_is_a_hole_and_not_a_quiet_quarter() -> None:
    _try(_owe(), Outcome.NO_ANSWER, NOON)
    back = NOON + timedelta(minutes=20)
    _try(_owe(), Outcome.NO_ANSWER, back)
    _try(_owe(), Outcome.TAKEN, back + timedelta(minutes=1))
    drawn = bars("record", until=back)
    assert [(bar.sent, bar.is_outage) for bar in drawn[-3:]] == [
        (0, False), (0, True), (1, False)
    ]  # fmt: skip


def test_another_destination_has_bars_of_its_own() -> None:
    outbox.mark_sent(_owe(destination="other"), at=NOON)
    assert sum(bar.sent for bar in bars("record", until=NOON)) == 0
    assert sum(bar.sent for bar in bars("other", until=NOON)) == 1
