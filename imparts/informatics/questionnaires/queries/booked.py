"""What was booked to be asked again: it is due although it was answered not long ago."""

from datetime import date, datetime, timedelta

from imparts.informatics.results.queries import days_since_answered
from imparts.pathways.queries import due_repeats
from imparts.people.models import Patient
from imparts.people.queries import record_ids


def answered_days_ago(
    patient: Patient, *, service_id: int, on: date, at: datetime
) -> dict[str, int]:
    """How many days ago each instrument was answered, without those that a booking makes due.

    A booking is over once the instrument has been answered in full on its day or later. It asks
    nothing that the pack does not ask: it only ends the pause after the last time.
    """
    records = record_ids(patient)
    ago = days_since_answered(records, at=at)
    due = due_repeats(records, service_id=service_id, on=on)
    return {
        instrument: days
        for instrument, days in ago.items()
        if instrument not in due or on - timedelta(days=days) >= due[instrument]
    }
