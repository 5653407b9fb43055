"""The right person: somebody whose answers may have been filed under another patient."""

from dataclasses import dataclass
from uuid import UUID

from imparts.people.pages import Banner


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the same day's clinic, with who they are and when they were expected."""

    appointment: UUID
    banner: Banner
    expected: str
