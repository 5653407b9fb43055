"""A pretend hospital record on free ports of this machine, in a thread of its own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imparts.gateway.hl7v2.address import Address
from imparts.gateway.hl7v2.sender import Sender
from imparts.gateway.pretend_record.fhir.moods import FhirMood
from imparts.gateway.pretend_record.ledger import Entry, Way
from imparts.gateway.pretend_record.moods import Mood, Pauses
from imparts.gateway.pretend_record.run import PretendRecord, Where
from tests.gateway.loop_in_a_thread import LoopInAThread

if TYPE_CHECKING:
    from imparts.gateway.delivery import Delivery
    from tests.gateway.owing import Clock

RECEIVED_AT = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
PATIENCE = 0.5  # how long senders wait in these tests, on a busy machine too


class RunningRecord:
    """The pretend record, and what a test may ask of it."""

    def __init__(self, folder: Path, where: Where | None = None) -> None:
        self._loop = LoopInAThread()
        self.run = self._loop.run
        self.now = RECEIVED_AT
        pauses = Pauses(slow=PATIENCE / 3, late=PATIENCE * 1.4)
        self._record = PretendRecord(folder, where, pauses=pauses, now=lambda: self.now)
        self.run(self._record.start())

    @property
    def address(self) -> Address:
        return Address("127.0.0.1", self._record.receiver.port)

    @property
    def page(self) -> str:
        return f"http://127.0.0.1:{self._record.door.port}"

    @property
    def entries(self) -> list[Entry]:
        """What came, the oldest first."""
        return self._record.ledger.newest(Way.HL7_IN)[::-1]

    @property
    def kept(self) -> list[str]:
        """The control ids of what was stored, each once, in order."""
        return [each.control_id for each in self.entries if each.is_kept and not each.is_repeat]

    @property
    def parts(self) -> PretendRecord:
        """The record itself; only its thread may make it do something."""
        return self._record

    def become_fhir(self, mood: FhirMood, *, times: int | None = None) -> None:
        self._record.fhir.temper.take_on(mood, times=times)

    def become(self, mood: Mood, *, times: int | None = None) -> None:
        self.run(self._record.receiver.become(mood, times=times))

    def stop(self) -> None:
        self.run(self._record.stop())
        self._loop.stop()


@pytest.fixture(autouse=True)
def journal_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is sent in one test is not remembered in another."""
    from django.conf import settings

    monkeypatch.setattr(settings, "IMPARTS_DATA", tmp_path / "site")


@pytest.fixture
def sender(record: RunningRecord) -> Iterator[Sender]:
    """An impatient sender to that record."""
    with Sender(record.address, seconds_to_connect=1, seconds_to_answer=PATIENCE) as made:
        yield made


@pytest.fixture
def now() -> "Clock":
    """A clock that stands still until it is told otherwise."""
    from tests.gateway.owing import Clock

    return Clock()


@pytest.fixture
def to_record(sender: Sender) -> "Delivery":
    """Delivery to that record, with nothing left to chance."""
    from imparts.gateway.by_mllp import ByMllp
    from imparts.gateway.delivery import Delivery
    from tests.gateway.owing import TO_RECORD

    return Delivery(ByMllp(sender), TO_RECORD, chance=lambda: 0.0)


@pytest.fixture
def a_result() -> Callable[[str], bytes]:
    """A result message with this control id."""
    from imparts.gateway.hl7v2.result_message import write_result
    from tests.gateway.samples import a_phq9

    return lambda control_id: write_result(
        a_phq9(), control_id=control_id, made_at=RECEIVED_AT
    ).encode()
