"""The shipped content for a test: loaded by the program once a process, then put in again as rows.

Every test finds it under the same ids, so that the library need not read each file anew for each.
"""

from datetime import UTC, datetime

from django.db import transaction

from imparts.library import actions as library
from imparts.library.models import ContentVersion

_LOADED_AT = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
_FIRST_ID = 1_000_000  # far above what the database numbers itself in any test
_rows: list[ContentVersion] = []


def put_in_shipped_content() -> None:
    """Every shipped version, unless there is content already."""
    if ContentVersion.objects.exists():
        return
    if not _rows:
        with transaction.atomic():
            _rows.extend(library.load_shipped(at=_LOADED_AT))
            transaction.set_rollback(True)
        for number, row in enumerate(_rows):
            row.pk = _FIRST_ID + number
    ContentVersion.objects.bulk_create(_rows)
