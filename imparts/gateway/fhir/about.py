"""About: who answered, when, and for whom, as plain references.

A reference is written as FHIR writes it: "Patient/17", "Device/tablet-4".
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]

STATUSES = ("in-progress", "completed", "amended", "entered-in-error", "stopped")
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_REFERENCE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}")


@dataclass(frozen=True, slots=True)
class About:
    """The facts around one response."""

    response_id: str
    patient: str
    authored_at: datetime
    status: str = "completed"
    encounter: str = ""
    author: str = ""  # who or what wrote the answers down: the tablet, a member of staff
    source: str = ""  # whose answers they are: the patient, or someone who answers for them

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.response_id):
            raise ValueError(
                "The id of the response is not one that FHIR allows; use at most 64 letters, "
                "digits, dots and dashes."
            )
        if self.authored_at.tzinfo is None:
            raise ValueError("authored_at has no time zone; pass a moment with one.")
        if self.status not in STATUSES:
            raise ValueError(f"The status is not one of {', '.join(STATUSES)}.")
        for name in ("patient", "encounter", "author", "source"):
            written = getattr(self, name)
            if (written or name == "patient") and not _REFERENCE.fullmatch(written):
                raise ValueError(f"{name} is not a reference like Patient/17.")

    @property
    def moment(self) -> str:
        """When the answers were given."""
        return self.authored_at.isoformat(timespec="seconds")

    @property
    def response(self) -> Json:
        """The response itself."""
        return reference(f"QuestionnaireResponse/{self.response_id}")

    def id_of(self, name: str) -> str:
        """The id of what follows from the response; the same whenever it is made again."""
        made = f"{self.response_id}-{re.sub('[^A-Za-z0-9.-]', '-', name)}"
        if len(made) > 64:
            raise ValueError("The id of the response is too long to name its results after it.")
        return made


def reference(written: str) -> Json:
    """A reference, or nothing where there is none."""
    return {"reference": written} if written else {}


def filled(resource: Json) -> Json:
    """A resource without its empty parts, which FHIR does not allow."""
    return {name: part for name, part in resource.items() if part not in ("", [], {}, None)}
