"""The invented Kettle Scale in a library, its wording pack, and a pack that asks it."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from imparts.library import actions as library
from imparts.library.models import ContentVersion
from tests.builders import NOON
from tests.rules.invented_packs import a_pack, asks
from tests.rules.wording.invented import PACK, STRUCTURE, pack

LAST_DAY = date(2027, 3, 31)  # of the licence of the guide's pack
LOADER, CLINICIAN = "librarian", "consultant.rheum"

ASKS_KETTLES = a_pack("kettle", Kettles=asks("kettle"))


def noon(of: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(of, time(12), tzinfo=UTC)


def load(kind: str, text: str, *, by: str = LOADER, at: datetime = NOON) -> ContentVersion:
    """A file of this site's own, as a version of its library."""
    made = library.load_file(kind=kind, text=text, at=at, is_shipped=False, by=by)
    assert made is not None
    return made


def load_structure() -> ContentVersion:
    """The Kettle Scale without words, as if it were shipped."""
    made = library.load_file(kind="instrument", text=STRUCTURE, at=NOON)
    assert made is not None
    return made


def load_wording(
    *, by: str = LOADER, at: datetime = NOON, text: str = "", **changes: Any
) -> ContentVersion:
    """The guide's wording pack, with some of its outermost keys changed."""
    changed = json.dumps(pack() | changes) if changes else PACK
    return load("wording", text or changed, by=by, at=at)


def load_clinic_pack(*, by: str = LOADER) -> ContentVersion:
    """A pack that asks the core and the Kettle Scale."""
    return load("pack", ASKS_KETTLES, by=by)


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
