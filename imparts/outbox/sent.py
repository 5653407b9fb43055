"""Sent: one message that a destination has, as it is remembered outside the database."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sent:
    """Ids and a moment: no patient and nothing clinical."""

    control_id: str
    destination: str
    about: UUID
    sent_at: datetime
