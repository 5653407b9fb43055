"""Owing the record results, at moments that a test sets."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from imparts.gateway.delivery import LEASE_SECONDS, RECORD
from imparts.outbox import actions as outbox
from imparts.outbox.destination import Destination
from imparts.outbox.models import Message
from tests.gateway.samples import PATIENT, a_phq9

START = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
ANN, BEN = UUID(int=1), UUID(int=2)
TO_RECORD = Destination(RECORD, "Hospital record", "mllp", "oru", "named.by.the.test:2575")
LEASE = timedelta(seconds=LEASE_SECONDS)


@dataclass
class Clock:
    """A moment that a test moves on."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def pass_seconds(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def owed(patient: UUID, *, at: datetime = START) -> str:
    """Owe the record one result of this patient, told under our own id of them; its control id."""
    response, whose = uuid4(), replace(PATIENT, id=str(patient))
    facts = replace(a_phq9(), response_id=str(response), patient=whose).to_json()
    made = outbox.new_message(
        destination=RECORD, kind="result", patient=patient, about=response, facts=facts, at=at
    )
    outbox.post_all([made])
    return made.control_id


def state(control_id: str) -> str:
    """Where a message stands."""
    return Message.objects.get(control_id=control_id).state
