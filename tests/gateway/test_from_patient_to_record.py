"""A patient answers and sends; the record has each response once, saying what was answered."""

import pytest
from pytest_django import Settings

from imparts.gateway.delivery import Delivery
from imparts.gateway.hl7v2.message import Message, read_message
from imparts.outbox.models import Message as Owed
from tests.builders import NOON, a_patient, a_sent_sitting, a_service
from tests.gateway.conftest import RunningRecord
from tests.gateway.owing import Clock

ITEM_9 = "44260-8"


@pytest.fixture
def received(
    record: RunningRecord, to_record: Delivery, settings: Settings, db: None
) -> dict[str, Message]:
    """What the record has after one sitting, by the instrument's id."""
    settings.IMPARTS_DEMO = True  # nothing shipped is signed by a clinician yet
    patient = a_patient("Zoë", "O'Dapple^|~\\&")
    a_sent_sitting(
        a_service(), patient, phq9={"q1": 2, "q2": 2, "q8": None, "q9": 1}, smoking_core={"q1": 3}
    )
    owed = Owed.objects.count()
    assert to_record.deliver_due(now=Clock(NOON)).count == owed == len(record.kept)
    messages = [read_message(entry.text) for entry in record.entries]
    return {_instrument(message): message for message in messages}


def _instrument(message: Message) -> str:
    report = message.first("OBR")
    return report.text(4, component=4) or report.text(4)


def test_every_response_is_one_message_about_the_patient(received: dict[str, Message]) -> None:
    assert {"phq9", "gad7", "smoking_core"} <= set(received)
    for message in received.values():
        pid = message.first("PID")
        assert (pid.text(5), pid.text(5, component=2)) == ("O'Dapple^|~\\&", "Zoë")
        assert message.first("OBR").text(3) in {str(owed.about) for owed in Owed.objects.all()}


def test_an_estimated_phq9_says_so_and_flags_item_nine(received: dict[str, Message]) -> None:
    message = received["phq9"]
    assert message.first("OBR").text(25) == "P"
    assert message.first("OBX").text(11) == "P"
    nine = next(obx for obx in message.every("OBX") if obx.text(3) == ITEM_9)
    assert (nine.text(5, component=4), nine.text(8)) == ("1", "A")
    notes = [note.text(3) for note in message.every("NTE")]
    assert any(note.startswith("Estimated, 8 of 9 answered, could be 5 to 8") for note in notes)
    assert "The patient chose not to answer." in notes


def test_a_complete_gad7_is_final(received: dict[str, Message]) -> None:
    message = received["gad7"]
    assert message.first("OBR").text(25) == "F"
    assert {obx.text(11) for obx in message.every("OBX")} == {"F"}
    assert message.first("OBX").text(5) == "0"


def test_smoking_is_sent_as_a_category(received: dict[str, Message]) -> None:
    total = received["smoking_core"].first("OBX")
    assert (total.text(2), total.text(5)) == ("CWE", "daily")
