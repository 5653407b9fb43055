"""The invented Kettle Scale in a library, its wording pack, and a pack that asks it."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from imparts.library import actions as library
from imparts.library.models import ContentVersion
from tests.builders import NOON
from tests.rules.wording.invented import PACK, STRUCTURE, pack

LAST_DAY = date(2027, 3, 31)  # of the licence of the guide's pack
LOADER, CLINICIAN = "librarian", "consultant.rheum"

ASKS_KETTLES = """
id = "kettle_clinic"
name = "Kettle clinic"
version = "1"
kind = "outpatient"
illness_words = "kettle trouble"
asks_who_helps = true
minutes = 4
authored_by = "Invented"
checked_by = "not yet checked by a clinician"
reviewed_on = 2026-11-17
next_review = 2027-11-17
sources = ["Invented, from general knowledge."]
parts = [
    { name = "Mood", asks = [{ instrument = "phq9" }] },
    { name = "Worry", asks = [{ instrument = "gad7" }] },
    { name = "Smoking", asks = [{ instrument = "smoking_core" }] },
    { name = "Kettles", asks = [{ instrument = "kettle" }] },
]
"""


def noon(of: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(of, time(12), tzinfo=UTC)


def load_structure() -> ContentVersion:
    """The Kettle Scale without words, as if it were shipped."""
    made = library.load_file(kind="instrument", text=STRUCTURE, at=NOON)
    assert made is not None
    return made


def load_wording(
    *, by: str = LOADER, at: datetime = NOON, text: str = "", **changes: Any
) -> ContentVersion:
    """The guide's wording pack, with some of its outermost keys changed."""
    made = library.load_file(
        kind="wording", text=text or (json.dumps(pack() | changes) if changes else PACK),
        at=at, is_shipped=False, by=by,
    )  # fmt: skip
    assert made is not None
    return made


def load_clinic_pack(*, by: str = LOADER) -> ContentVersion:
    """A pack that asks the core and the Kettle Scale."""
    made = library.load_file(kind="pack", text=ASKS_KETTLES, at=NOON, is_shipped=False, by=by)
    assert made is not None
    return made


def sign(content: ContentVersion, *, by: str = CLINICIAN, at: datetime = NOON) -> None:
    """A clinician signs one version."""
    library.sign(
        content=content, by=by, as_role="Consultant, rheumatology",
        statement="I have checked the wording and the rules.", at=at,
    )  # fmt: skip


def sign_everything(*, by: str = CLINICIAN) -> None:
    """A clinician signs all that is there."""
    for content in ContentVersion.objects.filter(signatures__isnull=True):
        sign(content, by=by)
