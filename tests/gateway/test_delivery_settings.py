"""Which record is used, and what the log says of it: when it falls silent, and never of whom."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from pytest_django import Settings

from imparts.gateway import queues
from imparts.gateway.delivery import Delivery
from imparts.gateway.hl7v2.message import read_message
from imparts.gateway.pretend_record.moods import Mood
from tests.gateway.conftest import RunningRecord
from tests.gateway.owing import ANN, Clock, owed, state


@pytest.mark.django_db
def test_silence_is_logged_once_when_it_begins_and_once_when_it_ends(
    record: RunningRecord, to_record: Delivery, now: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    owed(ANN)
    record.become(Mood.DOWN)
    for _ in range(4):
        to_record.deliver_due(now=now)
        now.pass_seconds(60)
    record.become(Mood.NORMAL)
    owed(ANN)
    assert to_record.deliver_due(now=now).count == 2
    said = [entry.getMessage() for entry in caplog.records]
    assert len(said) == 2
    assert said[0].startswith("record does not answer: the record cannot be reached")
    assert said[1] == "record answers again"


@pytest.mark.django_db
def test_no_log_names_a_patient(
    record: RunningRecord, to_record: Delivery, now: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for mood in Mood:
        owed(uuid4())
        record.become(mood)
        to_record.deliver_due(now=now)
        now.pass_seconds(60)
    for known in ("Dapple", "Priya", "9990000018", "F104432", "1984"):
        assert known not in caplog.text


@pytest.mark.django_db
def test_the_record_of_the_settings_is_used_and_told_when_nothing_is_real(
    record: RunningRecord, now: Clock, configured: Callable[..., None]
) -> None:
    control_id = owed(ANN)
    configured(record=f"{record.address.host}:{record.address.port}", is_demo=True)
    assert queues.deliver_due(now=now) == 1
    assert record.kept == [control_id]
    assert read_message(record.entries[0].text).header.text(11) == "T"


@pytest.mark.django_db
def test_without_a_record_in_the_settings_everything_waits(
    now: Clock, configured: Callable[..., None]
) -> None:
    control_id = owed(ANN)
    configured(record="", is_demo=False)
    assert queues.deliver_due(now=now) == 0
    assert state(control_id) == "waiting"


@pytest.fixture
def configured(settings: Settings) -> Callable[..., None]:
    """Name a record in the settings."""

    def configure(*, record: str, is_demo: bool) -> None:
        settings.IMPARTS_RECORD_MLLP = record
        settings.IMPARTS_DEMO = is_demo

    return configure
